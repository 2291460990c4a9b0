import type { english } from './en.ts';

const arabic: typeof english = {
  untitled: 'بلا عنوان',
  rename: 'إعادة تسمية',
  copyLink: 'نسخ الرابط',
  linkCopied: 'نُسخ الرابط. كل من يملكه يمكنه الانضمام.',
  linkFailed: 'تعذر نسخ الرابط. إنه عنوان هذه الصفحة.',
  workOffline: 'العمل دون اتصال',
  exportData: 'تصدير بياناتي',
  workingOffline: 'اخترت العمل دون اتصال. تبقى تعديلاتك على هذا الجهاز حتى تتصل من جديد.',
  goOnline: 'اتصال',
  notStored: 'هذا المتصفح لا يحتفظ بتعديلاتك: مساحة تخزينه ممتلئة أو ممنوعة. أبقِ هذه الصفحة مفتوحة.',
  loading: 'جارٍ الفتح…',
  document: 'المستند',
  help: 'مساعدة',
  commands: 'قائمة الأوامر',
  keyboardShortcuts: 'اختصارات لوحة المفاتيح',
  plainUndo: 'تراجع',
  plainRedo: 'إعادة',
  undo: (label) => `تراجع: ${label}`,
  redo: (label) => `إعادة: ${label}`,
  undid: (label) => `تم التراجع: ${label}`,
  redid: (label) => `تمت الإعادة: ${label}`,
  joined: (name) => `${name} هنا الآن`,
  left: (name) => `غادر ${name}`,
  notFoundTitle: 'لا يوجد مستند بهذا العنوان',
  notFoundBody: 'ينتهي عنوان المستند بمعرّفه: حروف لاتينية وأرقام و- و_، 64 على الأكثر.',
  toHome: 'إلى الصفحة الرئيسية',
  failedTitle: 'تعذر فتح المستند',
  failedBody: 'لم يتغير شيء. أعد تحميل الصفحة للمحاولة مرة أخرى.',
};

export default arabic;
