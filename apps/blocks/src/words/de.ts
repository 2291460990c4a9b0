import { plural } from '@concord/ui';
import type { english } from './en.ts';

const blocks = (count: number): string => plural(count, { one: '# Block', other: '# Blöcke' });
const SAMPLE = `# Woche des Starts
> [!NOTE] Öffnen Sie diese Seite in einem zweiten Fenster und schreiben Sie in beiden: Alles hier ist gemeinsam.
## Diese Woche
[x] Termin abstimmen
[ ] Ankündigung schreiben
    [ ] Ana um ein **Zitat** bitten
    [ ] Bild aussuchen
[ ] Denen Bescheid geben, die gefragt haben
## So kommen Sie voran
1. Tippen Sie \`/\` für Überschriften, Listen, Aufgaben und mehr
2. Mit Tab kommt ein Block in den darüber
    - Umschalt+Tab holt ihn wieder heraus
    - Der Pfeil an der Seite klappt zu, was darin ist
3. Ziehen Sie einen Block an seinem Griff, oder drücken Sie Alt+Umschalt+↑ und ↓
---
> Beim Verschieben geht nie verloren, was jemand anderes gerade tippt.
`;

const german: typeof english = {
  types: {
    text: {
      name: 'Text',
      hint: 'Schreiben Sie, oder tippen Sie / für Blöcke',
      keywords: 'absatz paragraph plain',
    },
    heading1: { name: 'Überschrift 1', hint: 'Überschrift 1', keywords: 'h1 heading titel groß #' },
    heading2: { name: 'Überschrift 2', hint: 'Überschrift 2', keywords: 'h2 heading untertitel ##' },
    heading3: { name: 'Überschrift 3', hint: 'Überschrift 3', keywords: 'h3 heading klein ###' },
    bullet: { name: 'Aufzählung', hint: 'Liste', keywords: 'ul liste bullet punkt -' },
    numbered: { name: 'Nummerierte Liste', hint: 'Liste', keywords: 'ol numbered 1.' },
    todo: { name: 'Aufgabe', hint: 'Aufgabe', keywords: 'todo to-do task checkbox haken []' },
    quote: { name: 'Zitat', hint: 'Zitat', keywords: 'quote blockquote >' },
    code: { name: 'Code', hint: 'Code', keywords: 'pre quelltext ```' },
    callout: { name: 'Hinweis', hint: 'Etwas zum Merken', keywords: 'callout note info !!' },
    divider: { name: 'Trennlinie', hint: '', keywords: 'divider linie hr ---' },
  },
  aBlock: 'ein Block',
  emptyBlock: (type) => `Block „${type}“ ohne Text`,
  quoted: (text) => `„${text}“`,
  dragHelp:
    'Enter öffnet das Menü. Mit der Leertaste aufnehmen, mit den Pfeiltasten bewegen, mit Leertaste oder Enter ablegen, mit Escape abbrechen.',
  levelBelow: (level, block) => `Ebene ${level}, unter ${block}`,
  levelTop: (level) => `Ebene ${level}, ganz oben`,
  level: (level) => `Ebene ${level}`,
  pickedUp: (block, place) => `${block} aufgenommen. ${place}`,
  dropped: (block) => `${block} abgelegt.`,
  dragCancelled: (block) => `Verschieben abgebrochen. ${block} ist, wo es war.`,
  newBlock: 'Neuer Block',
  paste: 'Einfügen',
  duplicate: 'Duplizieren',
  deleteDivider: 'Trennlinie löschen',
  mergeBlocks: 'Blöcke verbinden',
  deleteBlock: 'Block löschen',
  restoreBlock: 'Block wiederherstellen',
  rescueText: 'Text retten',
  turnIntoType: (type) => `In ${type} umwandeln`,
  check: 'Abhaken',
  uncheck: 'Haken entfernen',
  collapse: 'Zuklappen',
  expand: 'Aufklappen',
  indent: 'Einrücken',
  outdent: 'Ausrücken',
  moveBlock: 'Block verschieben',
  formatting: 'Formatierung',
  link: 'Link',
  removeLink: 'Link entfernen',
  fillSample: 'Mit Beispiel füllen',
  undo: 'Rückgängig',
  restore: 'Wiederherstellen',
  deleted: (block) => `${block} gelöscht`,
  movedUp: (row, of) => `Nach oben, Zeile ${row} von ${of}`,
  movedDown: (row, of) => `Nach unten, Zeile ${row} von ${of}`,
  embed: 'Eingebettetes Objekt',
  turnInto: 'Umwandeln in',
  moveTo: 'Verschieben nach …',
  moveUp: 'Nach oben',
  moveDown: 'Nach unten',
  delete: 'Löschen',
  emptyLabel: 'Text',
  emptyHint: 'Schreiben Sie, oder tippen Sie / für Blöcke',
  trySample: 'Beispielseite ausprobieren',
  emptyMore:
    'Alles ist ein Block: Ziehen, verschachteln, verwandeln Sie ihn. Alle, die diese Adresse öffnen, schreiben auf derselben Seite.',
  format: 'Format',
  marks: {
    bold: 'Fett',
    italic: 'Kursiv',
    underline: 'Unterstrichen',
    strike: 'Durchgestrichen',
    code: 'Code im Text',
  },
  badAddress: 'Zu dieser Adresse kann kein Link führen.',
  editLink: 'Link bearbeiten',
  address: 'Adresse',
  addLink: 'Link hinzufügen',
  saveLink: 'Link speichern',
  moveNamed: (block) => `${block} verschieben`,
  moveHint: 'Wählen Sie den Block, in den er soll.',
  findBlock: 'Block suchen',
  places: 'Orte',
  endOfPage: 'Ende der Seite',
  trash: 'Papierkorb',
  exportMarkdown: 'Als Markdown exportieren',
  showRescued: 'Geretteten Text zeigen',
  strays: 'Text hat seinen Block verloren, während mehrere daran arbeiteten. Er ist aufgehoben.',
  blocks: 'Blöcke',
  addBlock: 'Block hinzufügen',
  addBelow: (block) => `Block unter ${block} hinzufügen`,
  moveOrChange: (block) => `${block} verschieben oder ändern`,
  handleHint: 'Ziehen zum Verschieben, Klicken für das Menü',
  expandNamed: (block) => `${block} aufklappen`,
  collapseNamed: (block) => `${block} zuklappen`,
  done: (block) => `Erledigt: ${block}`,
  peopleHere: 'Personen in diesem Block',
  chooseBlock: 'Blöcke zur Auswahl',
  trashHint: 'Gelöschte Blöcke behalten, was sie enthalten und was andere hineintippen.',
  trashEmpty: 'Der Papierkorb ist leer',
  trashEmptyHint: 'Gelöschte Blöcke warten hier, bis jemand sie zurückhaben möchte.',
  rescued: 'Geretteter Text',
  rescuedHint: 'Sein Block wurde zerlegt, während jemand darin schrieb.',
  putNamed: (text) => `${text} auf die Seite setzen`,
  put: 'Auf die Seite setzen',
  deletedBlocks: 'Gelöschte Blöcke',
  inside: (count) => `und ${blocks(count)} darin`,
  restoreNamed: (block) => `${block} wiederherstellen`,
  keys: {
    focused: 'Block im Fokus',
    text: 'Text',
    choose: 'Block auswählen',
    line: 'Neue Zeile im Block',
    check: 'Abhaken oder zuklappen',
    delete: 'Block löschen',
    menu: 'Menü des Blocks',
    leave: 'Zum Griff des Blocks, Tab geht dann weiter',
    type: 'Text; 1 bis 3 sind Überschriften, ab 4 Listen',
    link: 'Auswahl verlinken',
  },
  someone: 'Jemand',
  skipped: (block) => `Dieser Zug hätte ${block} in sich selbst gesetzt`,
  skippedHint: (block) => `Jemand hatte zur selben Zeit ${block} hineingezogen.`,
  applyAnyway: 'Trotzdem ausführen',
  othersDeletedMine: (who) => `${who} hat den Block gelöscht, den Sie bearbeitet haben`,
  keptInTrash: (block) => `${block} liegt im Papierkorb.`,
  othersChanged: (who, count) => `${who} hat ${blocks(count)} geändert`,
  othersDeleted: (who, block) => `${who} hat ${block} gelöscht`,
  othersAdded: (who) => `${who} hat einen Block hinzugefügt`,
  othersRestored: (who, block) => `${who} hat ${block} wiederhergestellt`,
  othersMoved: (who, block) => `${who} hat ${block} verschoben`,
  othersInDeleted: (who) => `${who} schreibt in einem gelöschten Block`,
  sample: SAMPLE,
  historyAreas: {
    title: 'Titel',
    stream: 'Text',
    tree: 'Reihenfolge',
  },
};

export default german;
