import { plural } from '@concord/ui';
import type { english } from './en.ts';

const blocks = (count: number): string =>
  plural(count, {
    zero: 'لا كتل',
    one: 'كتلة واحدة',
    two: 'كتلتان',
    few: '# كتل',
    many: '# كتلة',
    other: '# كتلة',
  });
const SAMPLE = `# أسبوع الإطلاق
> [!NOTE] افتح هذه الصفحة في نافذة ثانية واكتب في كلتيهما: كل ما هنا مشترك.
## هذا الأسبوع
[x] الاتفاق على الموعد
[ ] كتابة الإعلان
    [ ] طلب **اقتباس** من آنا
    [ ] اختيار صورة
[ ] إبلاغ من سألوا
## كيف تتنقل
1. أدخل \`/\` للعناوين والقوائم والمهام وغيرها
2. اضغط Tab لوضع كتلة داخل التي فوقها
    - Shift+Tab يخرجها من جديد
    - السهم بجانبها يطوي ما بداخلها
3. اسحب كتلة من مقبضها، أو اضغط Alt+Shift+↑ و↓
---
> النقل لا يضيّع أبدًا ما يكتبه غيرك.
`;

const arabic: typeof english = {
  types: {
    text: { name: 'نص', hint: 'اكتب، أو أدخل / لعرض الكتل', keywords: 'فقرة عادي text paragraph' },
    heading1: { name: 'عنوان 1', hint: 'عنوان 1', keywords: 'h1 heading كبير #' },
    heading2: { name: 'عنوان 2', hint: 'عنوان 2', keywords: 'h2 heading فرعي ##' },
    heading3: { name: 'عنوان 3', hint: 'عنوان 3', keywords: 'h3 heading صغير ###' },
    bullet: { name: 'قائمة نقطية', hint: 'قائمة', keywords: 'ul bullet list نقطة -' },
    numbered: { name: 'قائمة مرقمة', hint: 'قائمة', keywords: 'ol numbered list 1.' },
    todo: { name: 'مهمة', hint: 'مهمة', keywords: 'todo to-do task checkbox []' },
    quote: { name: 'اقتباس', hint: 'اقتباس', keywords: 'quote blockquote >' },
    code: { name: 'شيفرة', hint: 'شيفرة', keywords: 'code pre ```' },
    callout: { name: 'تنبيه', hint: 'أمر جدير بالملاحظة', keywords: 'callout note info !!' },
    divider: { name: 'فاصل', hint: '', keywords: 'divider خط hr ---' },
  },
  aBlock: 'كتلة',
  emptyBlock: (type) => `${type} (بلا نص)`,
  quoted: (text) => `«${text}»`,
  dragHelp:
    'اضغط Enter للقائمة. اضغط مفتاح المسافة للالتقاط، ومفاتيح الأسهم للتحريك، والمسافة أو Enter للإفلات، وEscape للإلغاء.',
  levelBelow: (level, block) => `المستوى ${level}، تحت ${block}`,
  levelTop: (level) => `المستوى ${level}، في الأعلى`,
  level: (level) => `المستوى ${level}`,
  pickedUp: (block, place) => `تم التقاط ${block}. ${place}`,
  dropped: (block) => `تم إفلات ${block}.`,
  dragCancelled: (block) => `أُلغي النقل. ${block} حيث كان.`,
  newBlock: 'كتلة جديدة',
  paste: 'لصق',
  duplicate: 'تكرار',
  deleteDivider: 'حذف الفاصل',
  mergeBlocks: 'دمج الكتل',
  deleteBlock: 'حذف الكتلة',
  restoreBlock: 'استعادة الكتلة',
  rescueText: 'إنقاذ النص',
  turnIntoType: (type) => `تحويل إلى ${type}`,
  check: 'وضع علامة',
  uncheck: 'إزالة العلامة',
  collapse: 'طي',
  expand: 'توسيع',
  indent: 'زيادة المسافة البادئة',
  outdent: 'إنقاص المسافة البادئة',
  moveBlock: 'نقل الكتلة',
  formatting: 'تنسيق',
  link: 'رابط',
  removeLink: 'إزالة الرابط',
  fillSample: 'ملء بمثال',
  undo: 'تراجع',
  restore: 'استعادة',
  deleted: (block) => `حُذف ${block}`,
  movedUp: (row, of) => `نُقل إلى أعلى، الصف ${row} من ${of}`,
  movedDown: (row, of) => `نُقل إلى أسفل، الصف ${row} من ${of}`,
  embed: 'عنصر مضمّن',
  turnInto: 'تحويل إلى',
  moveTo: 'نقل إلى…',
  moveUp: 'نقل إلى أعلى',
  moveDown: 'نقل إلى أسفل',
  delete: 'حذف',
  emptyLabel: 'النص',
  emptyHint: 'اكتب، أو أدخل / لعرض الكتل',
  trySample: 'تجربة صفحة نموذجية',
  emptyMore:
    'كل شيء كتلة: اسحبها أو ضعها داخل غيرها أو حوّلها إلى شيء آخر. كل من يفتح هذا العنوان يكتب في الصفحة نفسها.',
  format: 'التنسيق',
  marks: {
    bold: 'غامق',
    italic: 'مائل',
    underline: 'مسطر',
    strike: 'يتوسطه خط',
    code: 'شيفرة ضمن النص',
  },
  badAddress: 'لا يمكن لرابط أن يقود إلى هذا العنوان.',
  editLink: 'تحرير الرابط',
  address: 'العنوان',
  addLink: 'إضافة رابط',
  saveLink: 'حفظ الرابط',
  moveNamed: (block) => `نقل ${block}`,
  moveHint: 'اختر الكتلة التي توضع فيها.',
  findBlock: 'ابحث عن كتلة',
  places: 'الأماكن',
  endOfPage: 'نهاية الصفحة',
  trash: 'سلة المهملات',
  exportMarkdown: 'تصدير بصيغة Markdown',
  showRescued: 'عرض النص المُنقذ',
  strays: 'فقد بعض النص كتلته بينما عمل عليه عدة أشخاص. وهو محفوظ.',
  blocks: 'الكتل',
  addBlock: 'إضافة كتلة',
  addBelow: (block) => `إضافة كتلة تحت ${block}`,
  moveOrChange: (block) => `نقل ${block} أو تغييره`,
  handleHint: 'اسحب للنقل، وانقر للقائمة',
  expandNamed: (block) => `توسيع ${block}`,
  collapseNamed: (block) => `طي ${block}`,
  done: (block) => `تم: ${block}`,
  peopleHere: 'الأشخاص في هذه الكتلة',
  chooseBlock: 'كتل للاختيار',
  trashHint: 'تحتفظ الكتل المحذوفة بما فيها وبما يكتبه الآخرون فيها.',
  trashEmpty: 'سلة المهملات فارغة',
  trashEmptyHint: 'تنتظر الكتل المحذوفة هنا إلى أن يريدها أحد.',
  rescued: 'نص مُنقذ',
  rescuedHint: 'فُككت كتلته بينما كان أحد يكتب فيها.',
  putNamed: (text) => `وضع ${text} في الصفحة`,
  put: 'وضع في الصفحة',
  deletedBlocks: 'الكتل المحذوفة',
  inside: (count) => `وبداخلها ${blocks(count)}`,
  restoreNamed: (block) => `استعادة ${block}`,
  keys: {
    focused: 'الكتلة المحددة',
    text: 'النص',
    choose: 'اختيار كتلة',
    line: 'سطر جديد في الكتلة',
    check: 'وضع علامة أو طي',
    delete: 'حذف الكتلة',
    menu: 'قائمة الكتلة',
    leave: 'إلى مقبض الكتلة، ثم يتابع Tab',
    type: 'نص؛ من 1 إلى 3 عناوين، ومن 4 قوائم',
    link: 'ربط التحديد',
  },
  someone: 'شخص ما',
  skipped: (block) => `كان هذا النقل سيضع ${block} داخل نفسه`,
  skippedHint: (block) => `كان أحدهم قد نقل ${block} إليه في اللحظة نفسها.`,
  applyAnyway: 'طبّق على أي حال',
  othersDeletedMine: (who) => `حذف ${who} الكتلة التي كنت تحررها`,
  keptInTrash: (block) => `${block} محفوظ في سلة المهملات.`,
  othersChanged: (who, count) => `غيّر ${who} ${blocks(count)}`,
  othersDeleted: (who, block) => `حذف ${who} ${block}`,
  othersAdded: (who) => `أضاف ${who} كتلة`,
  othersRestored: (who, block) => `استعاد ${who} ${block}`,
  othersMoved: (who, block) => `نقل ${who} ${block}`,
  othersInDeleted: (who) => `يكتب ${who} في كتلة محذوفة`,
  sample: SAMPLE,
  historyAreas: {
    title: 'العنوان',
    stream: 'النص',
    tree: 'الترتيب',
  },
};

export default arabic;
