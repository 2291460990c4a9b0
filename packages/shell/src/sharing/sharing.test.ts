// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AccessError, AccessList } from './access.ts';
import { forgetGrant, linkTo, loadGrant, takeGrant } from './grant.ts';
import { currentToken } from './token.ts';

const plan = { kind: 'docs', id: 'plan' } as const;

beforeEach(() => {
  localStorage.clear();
  history.replaceState(null, '', '/docs/plan?as=Bo&grant=id.secret#here');
});
afterEach(() => {
  vi.unstubAllGlobals();
  delete window.concordToken;
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the cookie store
  document.cookie = 'concord_token=; max-age=0';
});

test('a share link is taken out of the address, and kept for this document and person', () => {
  expect(takeGrant(plan, 'Bo')).toBe('id.secret');
  expect(location.href).toMatch(/\/docs\/plan\?as=Bo#here$/);
  expect(takeGrant(plan, 'Bo')).toBe('id.secret');
  expect(loadGrant(plan, null)).toBeNull();
  expect(loadGrant({ kind: 'docs', id: 'other' }, 'Bo')).toBeNull();
  expect(linkTo(plan, 'id.secret')).toMatch(/\/docs\/plan\?grant=id\.secret$/);
  forgetGrant(plan, 'Bo');
  expect(takeGrant(plan, 'Bo')).toBeNull();
});

test('the token comes from the site’s own function, else its cookie, else what it stored', async () => {
  expect(currentToken(false)).toBeNull();
  localStorage.setItem('concord_token', '"stored"');
  expect(currentToken(false)).toBe('stored');
  // biome-ignore lint/suspicious/noDocumentCookie: as above
  document.cookie = 'concord_token=from%2Ecookie';
  expect(currentToken(false)).toBe('from.cookie');
  window.concordToken = async (fresh) => (fresh ? 'fresh' : 'kept');
  expect(await currentToken(true)).toBe('fresh');
});

test('what the relay refuses is an error with its words, and a relay out of reach is one too', async () => {
  const asked: [string, RequestInit | undefined][] = [];
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    asked.push([`${init?.method} ${url}`, init]);
    return new Response('A room keeps at least one owner.\n', { status: 409 });
  });
  const list = new AccessList('docs/plan', 'me');
  await expect(list.removePerson('a/b')).rejects.toEqual(
    new AccessError(409, 'A room keeps at least one owner.'),
  );
  expect(asked[0]?.[0]).toBe('DELETE /rooms/docs%2Fplan/people/a%2Fb');
  expect(asked[0]?.[1]?.headers).toEqual({ authorization: 'Bearer me' });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no route')));
  await expect(list.read()).rejects.toMatchObject({ status: 0 });
});
