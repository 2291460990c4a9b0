import { plural } from '@concord/ui';
import type { english } from './en.ts';

const german: typeof english = {
  saved: 'Alles, was Sie getan haben, liegt auf der Festplatte des Servers und auf diesem Gerät.',
  savedThereOnly:
    'Alles, was Sie getan haben, liegt auf der Festplatte des Servers. Dieses Gerät behält gerade keine Kopie.',
  onTheWay: 'Ihre letzten Änderungen sind auf dem Weg zum Server.',
  storing: 'Ihre letzten Änderungen werden auf diesem Gerät gespeichert.',
  savedHere: 'Ihre Änderungen sind auf diesem Gerät sicher und gehen zum Server, sobald er antwortet.',
  refused: 'Ihre Änderungen sind nur auf diesem Gerät: Der Server nimmt sie nicht an.',
  offline:
    'Sie können weiterarbeiten. Ihre Änderungen bleiben auf diesem Gerät und werden gesendet, wenn die Verbindung wieder da ist.',
  offlineThereOnly:
    'Alles, was Sie getan haben, liegt auf der Festplatte des Servers. Dieses Gerät behält gerade keine Kopie, und der Server ist nicht erreichbar: Was Sie jetzt tun, wäre nur in dieser Seite.',
  notSaved:
    'Ihre letzten Änderungen sind nur in dieser Seite: Dieses Gerät konnte sie nicht speichern, und der Server hat sie nicht. Lassen Sie die Seite offen und exportieren Sie zur Sicherheit Ihre Daten.',
  thisDevice: 'Dieses Gerät',
  server: 'Server',
  deviceSaved: 'Alles ist gespeichert',
  deviceSaving: 'Wird gespeichert …',
  deviceUnavailable: 'Speichert gerade nichts',
  serverHasAll: 'Alles liegt auf seiner Festplatte',
  serverWaits: (count) =>
    plural(count, { one: '# Änderung ist noch nicht dort', other: '# Änderungen sind noch nicht dort' }),
  lastSaved: (time) => `Zuletzt vollständig auf dem Server: ${time}`,
  connection: 'Verbindung',
  transport: 'Über',
  live: 'Verbunden',
  connecting: 'Verbindet …',
  offlineLine: 'Nicht erreichbar',
  offlineByChoice: 'Sie arbeiten offline',
  answers: 'Der Server antwortet in',
  answersValue: (p50, p95) => `${p50} in der Hälfte, höchstens ${p95} in 95 von 100 Fällen`,
  milliseconds: (ms) => `${ms} ms`,
  history: (count) => plural(count, { one: 'Die letzte Antwort', other: 'Die letzten # Antworten' }),
  notKnown: 'Noch nicht gemessen',
  role: 'Ihre Rolle',
  roles: { owner: 'Eigentümer', editor: 'Bearbeiten', commenter: 'Kommentieren', viewer: 'Lesen' },
  roleUnknown: 'Noch nicht bekannt',
  workOffline: 'Offline arbeiten',
  simulate: 'Ein anderes Netz ausprobieren',
  simulateHint:
    'Macht das Netz dieser Seite absichtlich schlecht, damit Sie sehen, was dann geschieht. Bearbeiten Sie das Dokument in zwei Fenstern.',
  networks: { good: 'Wie es ist', slow: 'Langsam', lossy: 'Mit Verlust', cut: 'Getrennt' },
  networkMeaning: {
    good: 'Es wird nichts simuliert.',
    slow: 'Jede Nachricht braucht 0,3 bis 0,6 Sekunden, bei 32 kB in der Sekunde.',
    lossy: 'Eine von fünf Nachrichten geht verloren, die anderen kommen spät.',
    cut: 'Nichts kommt durch.',
  },
};

export default german;
