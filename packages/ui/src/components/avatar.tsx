import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';

/** How many presence colours there are: `colour` of a person is an index below it. */
export const PRESENCE_COLOURS = 10;

export type Person = {
  readonly id: string;
  readonly name: string;
  /** 0 … 9: which presence colour marks this person everywhere. */
  readonly colour: number;
  /** Not looking at the document just now. */
  readonly away?: boolean;
};

/** The CSS colour of a person's mark, for carets and outlines; text on it is `var(--cc-presence-text)`. */
export const presenceColour = (colour: number): string => `var(--cc-presence-${presenceIndex(colour)})`;

/** Any number from elsewhere as one of the ten indices. */
export const presenceIndex = (colour: number): number =>
  Number.isFinite(colour)
    ? ((Math.trunc(colour) % PRESENCE_COLOURS) + PRESENCE_COLOURS) % PRESENCE_COLOURS
    : PRESENCE_COLOURS - 1;

/** Made when it is first needed: to make one takes longer than to draw the avatar. */
let letters: Intl.Segmenter | null = null;

/** One or two letters for a name, by what a reader sees as letters: `Ana María` → `AM`, `🦊 Fox` → `🦊F`. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = (word: string): string => {
    letters ??= new Intl.Segmenter();
    return letters.segment(word).containing(0)?.segment.toLocaleUpperCase() ?? '';
  };
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => first(word ?? '')).join('') || '?';
}

export type AvatarProps = { person: Person; size?: 'small' | 'medium' | 'large'; className?: string };

/** A person as a coloured disc with initials; the name is its accessible name, so colour never stands alone. */
export function Avatar({ person, size = 'medium', className }: AvatarProps) {
  return (
    <span
      role="img"
      aria-label={person.name}
      // Drawn by the style: no words of the page, which would have to be part of the name of a button around it.
      data-initials={initials(person.name)}
      data-presence={presenceIndex(person.colour)}
      className={classNames('cc-avatar', `cc-avatar--${size}`, person.away && 'cc-avatar--away', className)}
    />
  );
}

export type AvatarStackProps = {
  people: readonly Person[];
  label: string;
  /** How many discs are drawn; the others are counted, and still listed for screen readers. */
  max?: number;
  moreLabel?: (count: number) => string;
  renderPerson?: (person: Person) => ReactNode;
  /** One more item at the end that is never folded away. */
  last?: ReactNode;
};

/** Several people as overlapping discs: a list, whose every name a screen reader can reach. */
export function AvatarStack(props: AvatarStackProps) {
  const { people, label, max = 4, moreLabel = (count) => `+${count}`, renderPerson, last } = props;
  const drawn = people.length > max ? people.slice(0, Math.max(0, max - 1)) : people;
  const rest = people.slice(drawn.length);
  return (
    <ul className="cc-avatars" aria-label={label}>
      {drawn.map((person) => (
        <li key={person.id}>{renderPerson ? renderPerson(person) : <Avatar person={person} />}</li>
      ))}
      {rest.map((person) => (
        <li key={person.id} className="cc-hidden">
          {person.name}
        </li>
      ))}
      {rest.length > 0 ? (
        <li aria-hidden="true">
          <span className="cc-avatar cc-avatar--medium cc-avatar--more" title={moreLabel(rest.length)}>
            +{rest.length}
          </span>
        </li>
      ) : null}
      {last ? <li>{last}</li> : null}
    </ul>
  );
}
