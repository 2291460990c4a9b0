import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useContext,
  useEffect,
  useId,
  useMemo,
  useState,
} from 'react';
import { applePlatform } from '../shortcut.ts';
import { type Command, clashes, isPlain, matches } from './command.ts';

const Palette = lazy(() => import('./palette.tsx'));
const KeysSheet = lazy(() => import('./keys-sheet.tsx'));

/** The commands of everything that is on the screen now, by who brought them. */
class Registry {
  readonly #owners = new Map<string, readonly Command[]>();

  set(owner: string, commands: readonly Command[]): void {
    const before = this.#owners.get(owner);
    this.#owners.set(owner, commands);
    // Told again at every render of its owner; looked at only when there is something new to clash with.
    if (before?.length === commands.length) return;
    const clash = clashes(this.all())[0];
    if (clash) console.error(`Two commands on ${clash[0]}: ${clash[1].id} and ${clash[2].id}`);
  }

  delete(owner: string): void {
    this.#owners.delete(owner);
  }

  all(): Command[] {
    return [...this.#owners.values()].flat();
  }
}

type Commands = {
  readonly registry: Registry;
  readonly open: (what: 'palette' | 'keys') => void;
};

const CommandsContext = createContext<Commands | null>(null);

function useContextValue(): Commands {
  const commands = useContext(CommandsContext);
  if (!commands) throw new Error('Commands need a <CommandsProvider> around them.');
  return commands;
}

/** Offers these commands while the calling component is there. Call it on every render: they may close over its state. */
export function useCommands(commands: readonly Command[]): void {
  const { registry } = useContextValue();
  const owner = useId();
  useEffect(() => registry.set(owner, commands));
  useEffect(() => () => registry.delete(owner), [registry, owner]);
}

/** Opens the palette or the sheet of keys. */
export const useOpenCommands = (): Commands['open'] => useContextValue().open;

const TYPING = 'input, textarea, select, [contenteditable]:not([contenteditable=false])';
/** Where keys belong to what is open. */
const OVERLAY = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

/** The command that this press asks for, if nobody nearer to the focus has taken it. */
function asked(registry: Registry, event: KeyboardEvent): Command | undefined {
  const target = event.target instanceof Element ? event.target : null;
  if (event.defaultPrevented || event.isComposing || target?.closest(OVERLAY)) return undefined;
  const typing = target?.closest(TYPING) != null;
  const apple = applePlatform();
  return registry
    .all()
    .find(
      (command) =>
        command.run &&
        !command.inView &&
        !command.disabled &&
        command.keys?.some((keys) => !(typing && isPlain(keys)) && matches(keys, event, apple)),
    );
}

/** Runs commands by their keys, and shows them all: the palette on Mod+K, the sheet of keys on `?`. */
export function CommandsProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<'palette' | 'keys' | null>(null);
  const [registry] = useState(() => new Registry());
  const value = useMemo<Commands>(() => ({ registry, open: setShown }), [registry]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const command = asked(registry, event);
      if (!command?.run) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [registry]);
  const close = (): void => setShown(null);
  return (
    <CommandsContext value={value}>
      {children}
      <Suspense>
        {shown === 'palette' ? <Palette commands={registry.all()} onClose={close} /> : null}
        {shown === 'keys' ? <KeysSheet commands={registry.all()} onClose={close} /> : null}
      </Suspense>
    </CommandsContext>
  );
}
