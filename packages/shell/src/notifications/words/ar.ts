import { plural } from '@concord/ui';
import type { english } from './en.ts';

const arabic: typeof english = {
  title: 'الإشعارات',
  none: 'لا جديد لك',
  noneHint: 'عندما يذكرك أحد أو يرد عليك أو ينقل ما أنشأته، تقرأ ذلك هنا.',
  fresh: 'جديد',
  show: 'إظهار',
  someone: 'شخص ما',
  news: (count) =>
    plural(count, {
      one: 'إشعار جديد',
      two: 'إشعاران جديدان',
      few: '# إشعارات جديدة',
      many: '# إشعارًا جديدًا',
      other: '# إشعار جديد',
    }),
  movedTo: (name, quote, to) => `نقل ${name} «${quote}» إلى «${to}»`,
  movedWithin: (name, quote, to) => `نقل ${name} «${quote}» داخل «${to}»`,
  movedBetween: (name, quote, from, to) => `نقل ${name} «${quote}» من «${from}» إلى «${to}»`,
  sentences: {
    mention: (name, quote) => `ذكرك ${name} في تعليق على «${quote}»`,
    reply: (name, quote) => `رد ${name} بشأن «${quote}»`,
    resolved: (name, quote) => `حل ${name} التعليقات على «${quote}»`,
    moved: (name, quote) => `نقل ${name} «${quote}»`,
  },
};

export default arabic;
