export const english = {
  sprint: {
    title: 'Sprint',
    labels: { red: 'Bug', blue: 'Feature', green: 'Upkeep' },
    lists: {
      backlog: 'Backlog',
      ready: 'This sprint',
      doing: 'Doing',
      review: 'In review',
      done: 'Done',
    },
    search: 'Search finds words in the middle',
    export: 'Export as a spreadsheet',
    slow: 'The list is slow with 1,000 rows',
    login: 'Sign-in fails after a change of the clock',
    update: 'Update what we depend on',
    retro: 'Look back and write down one thing to change',
    steps: ['Reproduce it', 'Write a test that fails', 'Fix it', 'Tell who reported it'],
    definition: 'Done means: tested, reviewed, live, and somebody looked at it there.',
  },
};
