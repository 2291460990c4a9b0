import { Command as Parts } from 'cmdk';
import { Dialog as Primitive } from 'radix-ui';
import { useRef } from 'react';
import { useFocusReturn } from '../components/focus-return.ts';
import { Kbd } from '../components/kbd.tsx';
import { VisuallyHidden } from '../components/live-region.tsx';
import { words } from '../words.ts';
import type { Command } from './command.ts';
import { byGroup } from './group.ts';
import './commands.css';

export type CommandListProps = { commands: readonly Command[]; onClose: () => void };

/** Every command by its name: type a part of it, Enter runs it. */
export default function Palette({ commands, onClose }: CommandListProps) {
  const offered = commands.filter(({ run, disabled, unlisted }) => run && !disabled && !unlisted);
  const giveBack = useFocusReturn(true);
  const chosen = useRef<Command>(undefined);
  const choose = (command: Command): void => {
    chosen.current = command;
    onClose();
  };
  return (
    <Primitive.Root open onOpenChange={(open) => !open && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="cc-scrim cc-scrim--top">
          <Primitive.Content
            className="cc-dialog cc-palette"
            aria-describedby={undefined}
            onCloseAutoFocus={(event) => {
              giveBack(event);
              // Many commands act on what has the focus.
              chosen.current?.run?.();
            }}
          >
            <VisuallyHidden>
              <Primitive.Title>{words.commands}</Primitive.Title>
            </VisuallyHidden>
            <Parts label={words.commands} loop>
              <Parts.Input className="cc-palette__input" placeholder={words.commandsHint} autoFocus />
              <Parts.List label={words.commands} className="cc-palette__list">
                <Parts.Empty className="cc-palette__empty">{words.noCommand}</Parts.Empty>
                {byGroup(offered).map(([group, members]) => (
                  <Parts.Group key={group} heading={group} className="cc-palette__group">
                    {members.map((command) => (
                      <Parts.Item
                        key={command.id}
                        value={`${command.title} ${group} ${command.id}`}
                        className="cc-palette__item"
                        onSelect={() => choose(command)}
                      >
                        <span className="cc-menu__icon">{command.icon}</span>
                        <span className="cc-menu__label">{command.title}</span>
                        {command.keys?.[0] ? <Kbd shortcut={command.keys[0]} /> : null}
                      </Parts.Item>
                    ))}
                  </Parts.Group>
                ))}
              </Parts.List>
            </Parts>
          </Primitive.Content>
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
