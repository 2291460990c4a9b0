import {
  Code,
  Heading1,
  Heading2,
  Heading3,
  Lightbulb,
  List,
  ListOrdered,
  Minus,
  Quote,
  SquareCheck,
  Type,
} from 'lucide-react';
import type { BlockType } from '../schema.ts';

const ICONS: Readonly<Record<BlockType, typeof Type>> = {
  text: Type,
  heading1: Heading1,
  heading2: Heading2,
  heading3: Heading3,
  bullet: List,
  numbered: ListOrdered,
  todo: SquareCheck,
  quote: Quote,
  code: Code,
  callout: Lightbulb,
  divider: Minus,
};

export function TypeIcon({ type }: { type: BlockType }) {
  const Icon = ICONS[type];
  return <Icon aria-hidden="true" />;
}
