import type { MenuEntry, Person } from '@concord/ui';
import { Eye, EyeOff, Navigation } from 'lucide-react';
import { words } from '../words.ts';
import type { Follow } from './use-follow.ts';

/** What can be done about somebody who is here: go where they are, or stay with them. */
export const personMenu = ({ id, name }: Person, follow: Follow): readonly MenuEntry[] => [
  { label: words.goTo(name), icon: <Navigation />, onSelect: () => follow.goTo(id) },
  follow.person?.replica === id
    ? { label: words.stopFollowing, icon: <EyeOff />, onSelect: follow.stop }
    : { label: words.follow(name), icon: <Eye />, onSelect: () => follow.start(id) },
];
