import { words } from './words.ts';
/** The ten labels that every board has, by colour; a board names them as it likes. */
export const labelColours = [
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'purple',
  'pink',
  'brown',
  'grey',
] as const;

export type LabelColour = (typeof labelColours)[number];

export const isLabelColour = (key: string): key is LabelColour =>
  labelColours.some((colour) => colour === key);

/** What the label is called on this board; its colour's word until someone names it. */
export function labelName(names: Readonly<Record<string, string>>, colour: LabelColour): string {
  return names[colour]?.trim() || words.colours[colour];
}

/** The card's labels in the palette's order; keys from a newer version are left out. */
export function labelsOf(keys: readonly string[]): readonly LabelColour[] {
  return labelColours.filter((colour) => keys.includes(colour));
}
