// @vitest-environment happy-dom
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { AwaitedContext, EmptyDocument, isAwaited } from './empty-document.tsx';
import { ModeContext } from './mode.tsx';
import { words } from './words.ts';

const shown = (awaited: boolean, mode: 'edit' | 'view'): string =>
  renderToStaticMarkup(
    <AwaitedContext value={awaited}>
      <ModeContext value={mode}>
        <EmptyDocument>Begin here</EmptyDocument>
      </ModeContext>
    </AwaitedContext>,
  );

test('a document is called empty only when the relay has answered or is out of reach', () => {
  expect(isAwaited({ remote: 'connecting' })).toBe(true);
  expect(isAwaited({ remote: 'offline' })).toBe(false);
  expect(isAwaited({ remote: 'live' })).toBe(false);
  expect(shown(true, 'edit')).not.toContain('Begin here');
  expect(shown(true, 'view')).not.toContain(words.nothingYet);
  expect(shown(false, 'edit')).toContain('Begin here');
});

test('who may not edit is told that there is nothing yet, and offered nothing', () => {
  expect(shown(false, 'view')).toContain(words.nothingYet);
  expect(shown(false, 'view')).not.toContain('Begin here');
});
