import { plural } from '@concord/ui';
import type { english } from './en.ts';

const german: typeof english = {
  untitled: 'Ohne Titel',
  rename: 'Umbenennen',
  copyLink: 'Link kopieren',
  linkCopied: 'Link kopiert.',
  linkFailed: 'Der Link konnte nicht kopiert werden. Er ist die Adresse dieser Seite.',
  workOffline: 'Offline arbeiten',
  exportData: 'Meine Daten exportieren',
  workingOffline:
    'Sie arbeiten offline. Ihre Änderungen bleiben auf diesem Gerät, bis Sie wieder online gehen.',
  goOnline: 'Online gehen',
  keepOpen: 'Lassen Sie diese Seite offen, bis Ihre Änderungen auf dem Server gespeichert sind.',
  editAgain: 'Sie dürfen dieses Dokument ändern.',
  whereChangesAre: 'Wo meine Änderungen sind',
  simulated: {
    slow: 'Langsames Netz',
    lossy: 'Netz mit Verlust',
    cut: 'Netz getrennt',
    other: 'Simuliertes Netz',
  },
  simulatedHint: 'In dieser Seite simuliert. Klicken Sie, um es zu ändern.',
  share: 'Teilen',
  openWithoutLink: 'Ohne den Link öffnen',
  following: (name) => `Sie folgen ${name}`,
  stopFollowing: 'Aufhören',
  stoppedFollowing: (name) => `Sie folgen ${name} nicht mehr`,
  goTo: (name) => `Zu ${name} gehen`,
  follow: (name) => `${name} folgen`,
  nowhere: (name) => `${name} ist gerade nirgends in dieser Ansicht`,
  nothingYet: 'Noch nichts da',
  nothingYetMeaning: 'Was andere hinzufügen, erscheint hier sofort.',
  viewOnly: 'Nur lesen',
  commentOnly: 'Nur kommentieren',
  viewOnlyMeaning: 'Sie dürfen dieses Dokument lesen, aber nicht ändern.',
  commentOnlyMeaning: 'Sie dürfen dieses Dokument lesen und kommentieren, aber nicht ändern.',
  keptHere: 'Was Sie vorher geändert haben, bleibt auf diesem Gerät. Der Server nimmt es nicht an.',
  notChanged: 'Sie dürfen dieses Dokument nicht ändern. Es ist nichts geschehen.',
  discardCopy: 'Die Kopie auf diesem Gerät entfernen',
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
  typing: 'Texteingabe',
  steps: { paste: 'Einfügen', cut: 'Ausschneiden', drop: 'Verschieben', formatting: 'Formatierung' },
  edit: 'Änderung',
  stepOn: (label, name) => `${label}: „${name}“`,
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
  problemTooLarge: (size, most) =>
    `Das war zu groß, um es in einem Schritt zu teilen (${size} MB, höchstens ${most} MB). Nichts wurde verändert: Versuchen Sie es in kleineren Teilen.`,
  problemUndoTooLarge: (size, most) =>
    `Dieser Schritt ist zu groß, um ihn auf einmal rückgängig zu machen (${size} MB, höchstens ${most} MB). Nichts wurde verändert. Überspringen Sie ihn, um Früheres rückgängig zu machen.`,
  problemRedoTooLarge: (size, most) =>
    `Dieser Schritt ist zu groß, um ihn auf einmal zu wiederholen (${size} MB, höchstens ${most} MB). Nichts wurde verändert. Überspringen Sie ihn, um Späteres zu wiederholen.`,
  problemRevertTooLarge: (size, most) =>
    `Diese Version unterscheidet sich zu sehr, um sie in einem Schritt wiederherzustellen (${size} MB, höchstens ${most} MB). Nichts wurde verändert: Kopieren Sie daraus, was Sie brauchen.`,
  skipStep: 'Schritt überspringen',
  skipped: (label) => `Übersprungen: ${label}. Es bleibt, wie es ist.`,
  problemHeld:
    'Der Server nimmt eine Änderung nicht an. Sie bleibt auf diesem Gerät, mit allem, was danach kam.',
  problemHeldTooLarge:
    'Eine Änderung ist zu groß für den Server. Sie bleibt auf diesem Gerät, mit allem, was danach kam.',
  problemRefused: 'Der Server hat eine Änderung nicht angenommen.',
  problemReadOnly:
    'Sie dürfen dieses Dokument lesen, nicht ändern. Ihre Änderungen bleiben nur auf diesem Gerät.',
  problemErased:
    'Dieses Dokument wurde auf dem Server gelöscht oder zurückgesetzt. Ihre Kopie ist nur auf diesem Gerät.',
  problemNotAllowed: 'Sie dürfen dieses Dokument nicht öffnen.',
  askForAccess: 'Bitten Sie die Person, von der Sie die Adresse haben, es mit Ihnen zu teilen.',
  problemRevoked: 'Ihr Zugang zu diesem Dokument ist beendet.',
  problemConnection: (code) => `Der Server hat die Verbindung abgelehnt (${code}).`,
  problemDamaged:
    'Ein Teil der Kopie auf diesem Gerät ist beschädigt. Er wurde beiseitegelegt, und der Server wird noch einmal danach gefragt.',
  problemUnreadable: (count) =>
    plural(count, {
      one: 'Eine Änderung von jemand anderem konnte nicht gelesen werden.',
      other: '# Änderungen von anderen konnten nicht gelesen werden.',
    }),
  problemHistoryTooLong: (size, most) =>
    `Der Verlauf dieses Dokuments ist zu lang geworden, um ihn zusammenzufassen (${size} MB, höchstens ${most} MB). Nichts geht verloren, aber das Öffnen dauert länger.`,
  problemNoStore: 'Dieser Browser speichert nichts.',
  problemStorageFull: 'Der Speicher dieses Geräts ist voll. Neue Änderungen werden hier nicht aufbewahrt.',
  problemNewerApp:
    'In einem anderen Tab ist eine neuere Version dieser App offen. Laden Sie diese Seite neu, damit Änderungen wieder auf diesem Gerät bleiben.',
  problemStoreFailed: (detail) => `Dieses Gerät bewahrt Änderungen nicht auf: ${detail}`,
};

export default german;
