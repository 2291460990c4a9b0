import type { english } from './en.ts';

const german: typeof english = {
  untitled: 'Ohne Titel',
  rename: 'Umbenennen',
  copyLink: 'Link kopieren',
  linkCopied: 'Link kopiert. Wer ihn hat, kann dazukommen.',
  linkFailed: 'Der Link konnte nicht kopiert werden. Er ist die Adresse dieser Seite.',
  workOffline: 'Offline arbeiten',
  exportData: 'Meine Daten exportieren',
  workingOffline:
    'Sie arbeiten offline. Ihre Änderungen bleiben auf diesem Gerät, bis Sie wieder online gehen.',
  goOnline: 'Online gehen',
  notStored:
    'Dieser Browser behält Ihre Änderungen nicht: Sein Speicher ist voll oder gesperrt. Lassen Sie diese Seite offen.',
  loading: 'Wird geöffnet …',
  document: 'Dokument',
  help: 'Hilfe',
  commands: 'Befehlsliste',
  keyboardShortcuts: 'Tastenkürzel',
  plainUndo: 'Rückgängig',
  plainRedo: 'Wiederholen',
  undo: (label) => `Rückgängig: ${label}`,
  redo: (label) => `Wiederholen: ${label}`,
  undid: (label) => `Rückgängig gemacht: ${label}`,
  redid: (label) => `Wiederholt: ${label}`,
  joined: (name) => `${name} ist da`,
  left: (name) => `${name} ist gegangen`,
  notFoundTitle: 'Kein Dokument hat diese Adresse',
  notFoundBody:
    'Die Adresse eines Dokuments endet mit seiner Kennung: Buchstaben, Ziffern, - und _, höchstens 64.',
  updateReady: 'Eine neue Version ist bereit',
  updateNow: 'Jetzt verwenden',
  toHome: 'Zur Startseite',
  failedTitle: 'Das Dokument konnte nicht geöffnet werden',
  failedBody: 'Nichts wurde verändert. Laden Sie die Seite neu, um es noch einmal zu versuchen.',
};

export default german;
