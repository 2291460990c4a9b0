// @vitest-environment happy-dom
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { IconButton } from '../components/button.tsx';
import { ContextMenu, Menu } from '../components/menu.tsx';
import { Popover } from '../components/popover.tsx';
import { toast } from '../components/toast.tsx';
import { UiProvider } from '../frame/ui-provider.tsx';

const unmounts: (() => void)[] = [];
afterEach(() => {
  for (const unmount of unmounts.splice(0)) unmount();
});

function show(content: ReactNode): void {
  const host = document.body.appendChild(document.createElement('div'));
  const root = createRoot(host);
  flushSync(() => root.render(<UiProvider>{content}</UiProvider>));
  unmounts.push(() => {
    root.unmount();
    host.remove();
  });
}

const find = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};

/** What `look` finds once what is fetched has come, and what was missed has been played. */
const until = <T,>(look: () => T): Promise<T> => vi.waitFor(look, { timeout: 20_000, interval: 5 });

const fire = (element: Element, event: Event): void => void element.dispatchEvent(event);
const BUBBLES = { bubbles: true, cancelable: true };

describe('overlays that come after the page', () => {
  it('opens on the press that came before the code, on the element that was there', async () => {
    const onSelect = vi.fn();
    show(<Menu trigger={<IconButton label="More" icon={<i />} />} items={[{ label: 'Rename', onSelect }]} />);
    const button = find('button');
    expect(button.getAttribute('aria-haspopup')).toBe('menu');
    expect(button.getAttribute('aria-expanded')).toBe('false');
    button.focus();
    fire(button, new KeyboardEvent('keydown', { ...BUBBLES, key: 'Enter' }));
    const item = await until(() => find('[role=menuitem]'));
    expect(find('button')).toBe(button);
    expect(button.getAttribute('aria-expanded')).toBe('true');
    await until(() => expect(document.activeElement).toBe(item));
    fire(item, new KeyboardEvent('keydown', { ...BUBBLES, key: 'Enter' }));
    expect(onSelect).toHaveBeenCalledOnce();
    await until(() => expect(document.activeElement).toBe(button));
    await until(() => expect(button.getAttribute('aria-expanded')).toBe('false'));
  });

  it('opens and closes once the code is there', async () => {
    show(
      <Popover label="People" trigger={<button type="button">Who</button>}>
        Ana
      </Popover>,
    );
    const button = find('button');
    fire(button, new MouseEvent('click', BUBBLES));
    const panel = await until(() => find('[role=dialog]'));
    expect(panel.textContent).toBe('Ana');
    fire(button, new MouseEvent('click', BUBBLES));
    await until(() => expect(document.querySelector('[role=dialog]')).toBeNull());
    fire(button, new MouseEvent('click', BUBBLES));
    expect((await until(() => find('[role=dialog]'))).textContent).toBe('Ana');
  });

  it('shows a context menu instead of that of the browser, the first time too', async () => {
    show(
      <ContextMenu items={[{ label: 'Delete', onSelect: () => undefined }]}>
        <div id="row">Row</div>
      </ContextMenu>,
    );
    const event = new MouseEvent('contextmenu', BUBBLES);
    fire(find('#row'), event);
    expect(event.defaultPrevented).toBe(true);
    expect((await until(() => find('[role=menuitem]'))).textContent).toContain('Delete');
  });

  it('says what a button is once the pointer rests on it, and takes nothing from its own description', async () => {
    show(<IconButton label="Undo" icon={<i />} aria-describedby="mine" />);
    const button = find('button');
    fire(button, new PointerEvent('pointerover', { ...BUBBLES, pointerType: 'mouse' }));
    const tip = await until(() => {
      fire(button, new PointerEvent('pointermove', { ...BUBBLES, pointerType: 'mouse' }));
      return find('.cc-tooltip');
    });
    expect(tip.textContent).toContain('Undo');
    fire(button, new MouseEvent('click', BUBBLES));
    await until(() => expect(document.querySelector('.cc-tooltip')).toBeNull());
    expect(button.getAttribute('aria-describedby')).toBe('mine');
  });

  it('shows a toast, also the first', async () => {
    const undo = vi.fn();
    show(null);
    toast({ title: 'Card deleted', action: { label: 'Undo', onSelect: undo } });
    const action = await until(() => find('.cc-toast__action'));
    expect(find('.cc-toast__title').textContent).toBe('Card deleted');
    fire(action, new MouseEvent('click', BUBBLES));
    expect(undo).toHaveBeenCalledOnce();
  });
});
