export const english = {
  website: 'New website',
  event: {
    title: 'An event',
    tasks: {
      start: 'We do it',
      date: 'Find a date and a place',
      booked: 'Place is booked',
      budget: 'Plan the money',
      speakers: 'Invite speakers',
      programme: 'Make the programme',
      page: 'Page and sign-up',
      announce: 'Announce it',
      helpers: 'Find helpers',
      rehearse: 'Rehearse the day',
      day: 'The day',
      thanks: 'Thank everybody, settle the bills',
    },
  },
};
