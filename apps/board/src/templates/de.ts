import type { english } from './en.ts';

export const german: typeof english = {
  sprint: {
    title: 'Sprint',
    labels: { red: 'Fehler', blue: 'Neues', green: 'Pflege' },
    lists: {
      backlog: 'Vorrat',
      ready: 'Dieser Sprint',
      doing: 'In Arbeit',
      review: 'In Prüfung',
      done: 'Erledigt',
    },
    search: 'Die Suche findet auch Wortteile',
    export: 'Als Tabelle exportieren',
    slow: 'Die Liste ist mit 1.000 Zeilen langsam',
    login: 'Anmelden scheitert nach der Zeitumstellung',
    update: 'Abhängigkeiten aktualisieren',
    retro: 'Zurückblicken und eine Sache aufschreiben, die wir ändern',
    steps: [
      'Nachstellen',
      'Einen Test schreiben, der scheitert',
      'Beheben',
      'Wer es gemeldet hat, Bescheid geben',
    ],
    definition: 'Erledigt heißt: getestet, geprüft, ausgeliefert, und jemand hat es dort angesehen.',
  },
};
