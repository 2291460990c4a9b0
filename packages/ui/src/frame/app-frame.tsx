import { Ellipsis, Redo2, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Person } from '../components/avatar.tsx';
import { IconButton } from '../components/button.tsx';
import { Menu, type MenuEntry } from '../components/menu.tsx';
import { isLocale, LOCALES, setLocale } from '../i18n/locale.ts';
import { currentLocale } from '../i18n/words.ts';
import { setTheme, type Theme, useTheme } from '../theme.ts';
import { words } from '../words.ts';
import { type Kind, LogoMark } from './logo.tsx';
import { People } from './people.tsx';
import { TitleField } from './title-field.tsx';

export type UndoControls = {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  /** What is undone, as "Undo move of card"; plain "Undo" without it. */
  readonly undoLabel?: string;
  readonly redoLabel?: string;
};

export type AppFrameProps = {
  kind: Kind;
  title: string;
  /** Without it the title is shown and cannot be edited. */
  onTitleChange?: ((title: string) => void) | undefined;
  /** A <StatusBadge>. */
  status?: ReactNode;
  /** What else is to be known of the document at any time, beside the status. */
  badge?: ReactNode;
  self?: Person;
  /** Everyone else who is here. */
  people?: readonly Person[];
  onRename?: ((name: string) => void) | undefined;
  /** What can be done about somebody else who is here. */
  personMenu?: ((person: Person) => readonly MenuEntry[]) | undefined;
  /** Without them there is nothing to take back here. */
  undo?: UndoControls | undefined;
  /** The app's own entries of the "More" menu; the theme choice follows them. */
  menu?: readonly MenuEntry[];
  /** The app's own controls in the bar. */
  actions?: ReactNode;
  /** Something that stays true for a while, as a <Banner>. */
  banner?: ReactNode;
  /** A <SidePanel> beside the content. */
  side?: ReactNode;
  children: ReactNode;
};

const LOCALE_NAMES = Object.entries(LOCALES).map(([value, { name }]) => ({ value, label: name }));
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** The "Theme" choice as a menu entry. */
export function useThemeEntry(): MenuEntry {
  const theme = useTheme();
  const labels = { system: words.themeSystem, light: words.themeLight, dark: words.themeDark };
  return {
    type: 'choice',
    label: words.theme,
    value: theme,
    options: THEMES.map((value) => ({ value, label: labels[value] })),
    onChange: (value) => setTheme(THEMES.find((each) => each === value) ?? 'system'),
  };
}

/** The "Language" choice as a menu entry. The pseudo-locale shows only to who has it already. */
export function languageEntry(): MenuEntry {
  const value = currentLocale();
  return {
    type: 'choice',
    label: words.language,
    value,
    options: LOCALE_NAMES.filter((each) => each.value !== 'x-pseudo' || value === 'x-pseudo'),
    onChange: (next) => setLocale(isLocale(next) ? next : 'en'),
  };
}

/** The top bar and the main region: the same places and keys in every app. */
export function AppFrame(props: AppFrameProps) {
  const { kind, title, onTitleChange, status, self, people = [], onRename } = props;
  const { personMenu, badge, undo, menu = [], actions, banner, side, children } = props;
  const theme = useThemeEntry();
  const items: MenuEntry[] = [
    ...menu,
    ...(menu.length > 0 ? [{ type: 'separator' } as const] : []),
    theme,
    languageEntry(),
  ];
  return (
    <div className="cc-frame" data-kind={kind} data-title={title}>
      <a className="cc-skip" href="#content">
        {words.skipToContent}
      </a>
      <header className="cc-bar">
        <a className="cc-bar__home" href="/" aria-label={words.home}>
          <LogoMark kind={kind} />
        </a>
        <div className="cc-bar__name">
          <TitleField title={title} onTitleChange={onTitleChange} />
          {status}
          {badge}
        </div>
        {undo ? (
          <div className="cc-bar__undo">
            <IconButton
              label={undo.undoLabel ?? words.undo}
              shortcut="Mod+Z"
              icon={<Undo2 />}
              disabled={!undo.canUndo}
              onClick={undo.onUndo}
            />
            <IconButton
              label={undo.redoLabel ?? words.redo}
              shortcut="Mod+Shift+Z"
              icon={<Redo2 />}
              disabled={!undo.canRedo}
              onClick={undo.onRedo}
            />
          </div>
        ) : null}
        {actions ? <div className="cc-bar__actions">{actions}</div> : null}
        {self ? <People self={self} others={people} onRename={onRename} menuOf={personMenu} /> : null}
        <div className="cc-bar__more">
          <Menu align="end" items={items} trigger={<IconButton label={words.more} icon={<Ellipsis />} />} />
        </div>
      </header>
      {banner}
      <div className="cc-frame__body">
        <main id="content" className="cc-main" tabIndex={-1}>
          {children}
        </main>
        {side}
      </div>
    </div>
  );
}
