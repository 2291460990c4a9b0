import { plural } from '@concord/ui';

/** What the status panel says. */
export const english = {
  saved: 'Everything you did is on the server’s disk, and on this device.',
  savedThereOnly: 'Everything you did is on the server’s disk. This device keeps no copy just now.',
  onTheWay: 'Your latest changes are on their way to the server.',
  storing: 'Your latest changes are being stored on this device.',
  savedHere: 'Your changes are safe on this device and go to the server as soon as it answers.',
  refused: 'Your changes are on this device only: the server does not take them.',
  offline: 'You can go on working. Your changes are kept on this device and sent when you are back online.',
  offlineThereOnly:
    'Everything you did is on the server’s disk. This device keeps no copy just now, and the server is out of reach: what you do next would be in this page only.',
  notSaved:
    'Your latest changes are in this page only: this device could not store them, and the server does not have them. Keep the page open, and export your data to be safe.',
  thisDevice: 'This device',
  server: 'Server',
  deviceSaved: 'Everything is stored',
  deviceSaving: 'Storing…',
  deviceUnavailable: 'Stores nothing just now',
  serverHasAll: 'Everything is on its disk',
  serverWaits: (count: number) =>
    plural(count, { one: '# change is not there yet', other: '# changes are not there yet' }),
  lastSaved: (time: string) => `Last complete on the server: ${time}`,
  connection: 'Connection',
  transport: 'Carried by',
  live: 'Connected',
  connecting: 'Connecting…',
  offlineLine: 'Out of reach',
  offlineByChoice: 'You chose to work offline',
  answers: 'The server answers in',
  answersValue: (p50: string, p95: string) => `${p50} half the time, ${p95} at most 95 of 100 times`,
  milliseconds: (ms: string) => `${ms} ms`,
  history: (count: number) => plural(count, { one: 'The latest answer', other: 'The latest # answers' }),
  notKnown: 'Not measured yet',
  role: 'Your role',
  roles: { owner: 'Owner', editor: 'Editor', commenter: 'Commenter', viewer: 'Viewer' },
  roleUnknown: 'Not known yet',
  workOffline: 'Work offline',
  simulate: 'Try another network',
  simulateHint:
    'Makes this page’s network bad on purpose, so that you can see what happens then. Edit in two windows and watch.',
  networks: { good: 'As it is', slow: 'Slow', lossy: 'Lossy', cut: 'Cut' },
  networkMeaning: {
    good: 'Nothing is simulated.',
    slow: 'Each message takes 0.3 to 0.6 seconds, at 32 kB a second.',
    lossy: 'One message of five is lost, the others come late.',
    cut: 'Nothing gets through.',
  },
};
