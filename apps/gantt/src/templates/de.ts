import type { english } from './en.ts';

export const german: typeof english = {
  website: 'Neue Website',
  event: {
    title: 'Eine Veranstaltung',
    tasks: {
      start: 'Wir machen es',
      date: 'Tag und Ort finden',
      booked: 'Ort ist gebucht',
      budget: 'Das Geld planen',
      speakers: 'Vortragende einladen',
      programme: 'Programm machen',
      page: 'Seite und Anmeldung',
      announce: 'Ankündigen',
      helpers: 'Helfer finden',
      rehearse: 'Den Tag durchspielen',
      day: 'Der Tag',
      thanks: 'Allen danken, Rechnungen bezahlen',
    },
  },
};
