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
  keepOpen: 'Lassen Sie diese Seite offen, bis Ihre Änderungen auf dem Server gespeichert sind.',
  editAgain: 'Sie dürfen dieses Dokument ändern.',
  viewOnly: 'Nur lesen',
  commentOnly: 'Nur kommentieren',
  viewOnlyMeaning: 'Sie dürfen dieses Dokument lesen, aber nicht ändern.',
  commentOnlyMeaning: 'Sie dürfen dieses Dokument lesen und kommentieren, aber nicht ändern.',
  keptHere: 'Was Sie vorher geändert haben, bleibt auf diesem Gerät. Der Server nimmt es nicht an.',
  notChanged: 'Sie dürfen dieses Dokument nicht ändern. Es ist nichts geschehen.',
  discardCopy: 'Die Kopie auf diesem Gerät entfernen',
  line: (transport, p50, p95) =>
    `${transport}: Der Server antwortet in ${p50} ms (95 von 100 Mal in ${p95} ms).`,
  loading: 'Wird geöffnet …',
  document: 'Dokument',
  help: 'Hilfe',
  commands: 'Befehlsliste',
  keyboardShortcuts: 'Tastenkürzel',
  panelCount: (title, count) => `${title} (${count})`,
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
