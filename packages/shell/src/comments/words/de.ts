import { plural } from '@concord/ui';
import type { english } from './en.ts';

const german: typeof english = {
  title: 'Kommentare',
  begin: 'Kommentar hinzufügen',
  nothingChosen: 'Wählen Sie zuerst aus, was Sie kommentieren möchten.',
  count: (count) => plural(count, { one: '# Kommentar', other: '# Kommentare' }),
  show: 'Welche Kommentare',
  open: 'Offen',
  resolved: 'Erledigt',
  noneOpen: 'Keine offenen Kommentare',
  noneOpenHint:
    'Wählen Sie Text, eine Karte, eine Aufgabe oder einen Block aus und fügen Sie einen Kommentar hinzu.',
  noneOpenHintView: 'Hier erscheint, was andere zu diesem Dokument sagen.',
  noneResolved: 'Noch nichts ist erledigt',
  list: 'Kommentare in der Reihenfolge des Dokuments',
  detached: 'Ohne Bezug',
  detachedHint:
    'Worum es hier geht, steht nicht mehr im Dokument. Kommt es zurück, haften auch die Kommentare wieder daran.',
  thread: (name, quote) => `${name} zu „${quote}“`,
  draft: (quote) => `Neuer Kommentar zu „${quote}“`,
  reveal: (quote) => `„${quote}“ im Dokument zeigen`,
  message: 'Kommentar',
  messageHint: 'Kommentar schreiben. Mit @ nennen Sie jemanden.',
  reply: 'Antworten',
  replyHint: 'Antworten …',
  send: 'Kommentieren',
  sendReply: 'Antworten',
  cancel: 'Abbrechen',
  save: 'Speichern',
  edit: 'Bearbeiten',
  editing: 'Kommentar bearbeiten',
  delete: 'Löschen',
  deleted: 'Kommentar gelöscht',
  undo: 'Rückgängig',
  edited: 'bearbeitet',
  resolve: 'Erledigen',
  reopen: 'Wieder öffnen',
  resolvedBy: (name) => `Erledigt von ${name}`,
  someone: 'Jemand',
  you: 'Sie',
  actions: (name) => `Aktionen für den Kommentar von ${name}`,
  people: 'Personen, die Sie nennen können',
  tooLong: (most) => `Ein Kommentar hat höchstens ${most} Zeichen.`,
};

export default german;
