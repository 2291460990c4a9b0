import type { english } from './en.ts';

const arabic: typeof english = {
  adjectives: ['هادئ', 'مشرق', 'لطيف', 'سريع', 'شجاع', 'مرح', 'حكيم', 'جريء', 'يقظ', 'وديع'],
  animals: ['ثعلب', 'غزال', 'صقر', 'فهد', 'بلبل', 'أرنب', 'حصان', 'سنجاب', 'هدهد', 'عصفور'],
  madeUpName: (adjective, animal) => `${animal} ${adjective}`,
};

export default arabic;
