/** Of these, names are made up for those who have given none: any of the one with any of the other. */
export const english = {
  adjectives: ['Calm', 'Bright', 'Kind', 'Quick', 'Brave', 'Merry', 'Wise', 'Bold', 'Keen', 'Gentle'],
  animals: ['Otter', 'Heron', 'Fox', 'Lynx', 'Robin', 'Badger', 'Finch', 'Hare', 'Seal', 'Wren'],
  madeUpName: (adjective: string, animal: string) => `${adjective} ${animal}`,
};
