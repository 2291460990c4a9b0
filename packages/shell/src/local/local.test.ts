// @vitest-environment happy-dom

import { startLocale } from '@concord/ui';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { documentPath, newDocumentId, parseAddress } from './address.ts';
import { identityNamespace, loadIdentity, saveIdentity } from './identity.ts';
import { forgetRecent, listRecents, noteRecent, rememberRecent } from './recents.ts';
import german from './words/de.ts';

beforeEach(() => localStorage.clear());

describe('addresses', () => {
  test.each([
    ['/board/abc', { kind: 'board', id: 'abc' }],
    [' https://example.org/docs/A-b_9?as=Ana#x ', { kind: 'docs', id: 'A-b_9' }],
    ['gantt/1/', { kind: 'gantt', id: '1' }],
    ['/home/abc', null],
    ['/board', null],
    ['/board/a/b', null],
    ['/board/ä', null],
    [`/board/${'x'.repeat(65)}`, null],
    ['http://', null],
    ['', null],
  ])('%j', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected);
  });

  test('a fresh id is a valid one, and its path leads back to it', () => {
    const address = { kind: 'blocks' as const, id: newDocumentId() };
    expect(address.id).toHaveLength(16);
    expect(parseAddress(documentPath(address, 'Ana & Bo'))).toEqual(address);
  });
});

describe('identity', () => {
  test('is made up once, and kept', () => {
    const first = loadIdentity(null);
    expect(first.name).toMatch(/^\w+ \w+$/);
    expect(loadIdentity(null)).toEqual(first);
  });

  test('is made up in the reader’s language, and stays as it was then', async () => {
    localStorage.clear();
    await startLocale('de');
    const { name } = loadIdentity(null);
    const [adjective = '', animal = ''] = name.split(' ');
    expect(german.adjectives).toContain(adjective);
    expect(german.animals).toContain(animal);
    await startLocale('ar');
    expect(loadIdentity(null).name).toBe(name);
  });

  test('the people of ?as= are apart from the user and from each other', () => {
    const user = loadIdentity(null);
    const ana = loadIdentity('Ana');
    saveIdentity('Ana', { ...ana, name: 'Anna' });
    expect(loadIdentity('Ana').name).toBe('Anna');
    expect(loadIdentity(null)).toEqual(user);
    expect(identityNamespace('Ana')).not.toBe(identityNamespace('Bo'));
    expect(loadIdentity('Bo').colour).not.toBe(ana.colour);
  });

  test('rubbish in the storage is replaced', () => {
    localStorage.setItem('concord.identity', '{"name":7}');
    expect(typeof loadIdentity(null).name).toBe('string');
  });
});

describe('recents', () => {
  const recent = (id: string, opened: number) => ({ kind: 'docs' as const, id, title: id, opened });

  test('the latest comes first, each document once', () => {
    rememberRecent(recent('a', 1));
    rememberRecent(recent('b', 2));
    rememberRecent({ ...recent('a', 3), title: 'Plan' });
    expect(listRecents().map(({ id, title }) => [id, title])).toEqual([
      ['a', 'Plan'],
      ['b', 'b'],
    ]);
  });

  test('forgetting takes one away', () => {
    rememberRecent(recent('a', 1));
    rememberRecent(recent('b', 2));
    forgetRecent({ kind: 'docs', id: 'a' });
    expect(listRecents().map(({ id }) => id)).toEqual(['b']);
  });

  test('a star and a place in the trash outlast the next visit; what has no star goes first', () => {
    rememberRecent(recent('a', 1));
    noteRecent({ kind: 'docs', id: 'a' }, { starred: true });
    noteRecent({ kind: 'docs', id: 'unknown' }, { starred: true });
    rememberRecent({ ...recent('a', 2), title: 'Plan' });
    for (let i = 0; i < 250; i++) rememberRecent(recent(`d${i}`, 10 + i));
    noteRecent({ kind: 'docs', id: 'd249' }, { trashed: 5 });
    const all = listRecents();
    expect(all).toHaveLength(201);
    expect(all.at(-1)).toMatchObject({ id: 'a', title: 'Plan', starred: true });
    expect(all[0]).toMatchObject({ id: 'd249', trashed: 5 });
    noteRecent({ kind: 'docs', id: 'd249' }, { trashed: undefined });
    expect(listRecents()[0]).not.toHaveProperty('trashed');
  });

  test('a damaged entry costs no other', () => {
    rememberRecent(recent('a', 1));
    localStorage.setItem('concord.recents', JSON.stringify([...listRecents(), { kind: 'x' }, 5]));
    expect(listRecents().map(({ id }) => id)).toEqual(['a']);
  });

  test('storage that is forbidden is an empty list, no error', () => {
    const refuse = vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new Error('denied');
    });
    expect(listRecents()).toEqual([]);
    refuse.mockRestore();
  });
});
