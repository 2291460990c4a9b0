import type { english } from './en.ts';

const german: typeof english = {
  adjectives: [
    'Ruhiger',
    'Heller',
    'Netter',
    'Flinker',
    'Mutiger',
    'Froher',
    'Weiser',
    'Kühner',
    'Wacher',
    'Sanfter',
  ],
  animals: ['Otter', 'Reiher', 'Fuchs', 'Luchs', 'Spatz', 'Dachs', 'Fink', 'Hase', 'Biber', 'Specht'],
  madeUpName: (adjective, animal) => `${adjective} ${animal}`,
};

export default german;
