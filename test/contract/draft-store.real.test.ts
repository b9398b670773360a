import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TransactionRunner } from '../../src/core/transaction-runner.js';
import type { KeywordRule } from '../../src/dialog/content-model.js';
import { contentMigrations } from '../../src/features/content/content-migrations-store-mongo.js';
import { changeItem } from '../../src/features/content/draft/change-item.js';
import { MongoDraftStore } from '../../src/features/content/draft-store-mongo.js';
import type { DraftHead, DraftItem, DraftStore } from '../../src/features/content/draft-store.js';
import type { ContentItem, NodeItem } from '../../src/features/content/items/content-item.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { DraftStoreFake } from '../support/fakes/draft-store-fake.js';
import { TransactionRunnerFake } from '../support/fakes/transaction-runner-fake.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase(contentMigrations);
});

afterAll(() => database.close());

const kinds: [string, () => { store: DraftStore; transactions: TransactionRunner }][] = [
  ['in memory', () => ({ store: new DraftStoreFake(), transactions: new TransactionRunnerFake() })],
  [
    'on MongoDB',
    () => ({
      store: new MongoDraftStore(database.connection),
      transactions: new TransactionRunnerMongo(database.connection),
    }),
  ],
];

const li = { staffId: 'li', name: '李' };
const wang = { staffId: 'wang', name: '王' };
const at = new Date('2026-11-22T08:00:00Z');

function node(id: string, number: number, parent?: string): ContentItem {
  const value: NodeItem = { id, number, title: `标题${id}`, ...(parent !== undefined && { parent }) };
  return { kind: 'node', id, value };
}

function item(content: ContentItem, before: DraftItem | null = null): DraftItem {
  return changeItem(content, before, content, { by: li, at, revision: 1 });
}

function rule(id: string, to: KeywordRule['to'], questions = ['问']): ContentItem {
  const words = { whole: ['词'], contains: [], patterns: [], questions };
  return { kind: 'rule', id, value: { id, ...words, priority: 50, to } };
}

describe.each(kinds)('a draft store %s', (_name, open) => {
  let store: DraftStore;
  let transactions: TransactionRunner;
  let accounts = 0;
  let accountId: string;
  let head: DraftHead;

  beforeEach(async () => {
    ({ store, transactions } = open());
    accounts += 1;
    accountId = `${_name} ${accounts}`;
    head = { accountId, generation: 'first', revision: 1, updatedAt: at, updatedBy: li };
  });

  const begin = (items: readonly DraftItem[] = []) =>
    transactions.run(async (tx) => {
      await store.begin(tx, head);
      await store.put(tx, head, items);
    });

  it('has no draft until one is begun', async () => {
    expect(await store.findHead(accountId)).toBeNull();
    await begin();

    expect(await store.findHead(accountId)).toEqual(head);
  });

  it('counts a change and forgets what was pending', async () => {
    await begin();
    await transactions.run((tx) => store.setPending(tx, accountId, 1, 7));
    expect(await store.findHead(accountId)).toMatchObject({ pending: 7 });
    const later = new Date(at.getTime() + 1);
    await transactions.run((tx) => store.advance(tx, head, wang, later));

    expect(await store.findHead(accountId)).toEqual({
      accountId,
      generation: 'first',
      revision: 2,
      updatedAt: later,
      updatedBy: wang,
    });
  });

  it('takes one submission, of the revision that is there', async () => {
    await begin();
    const setPending = (revision: number, number: number) =>
      transactions.run((tx) => store.setPending(tx, accountId, revision, number));

    expect([await setPending(2, 1), await setPending(1, 2), await setPending(1, 3)]).toEqual([
      false,
      true,
      false,
    ]);
    await transactions.run((tx) => store.clearPending(tx, accountId, 3));
    expect((await store.findHead(accountId))?.pending).toBe(2);
    await transactions.run((tx) => store.clearPending(tx, accountId, 2));
    expect(await store.findHead(accountId)).toEqual(head);
  });

  it('finds the rule that leads to a target, the first of several', async () => {
    const removed = { ...item(rule('aa', { node: 'birth' })), content: null };
    await begin([
      item(rule('c', { node: 'birth' })),
      item(rule('b', { node: 'birth' })),
      item(rule('a', { reply: 'birth' })),
      removed,
    ]);
    expect(await store.findRuleTo(head, { node: 'birth' })).toMatchObject({ id: 'b' });
    expect(await store.findRuleTo(head, { reply: 'birth' })).toMatchObject({ id: 'a' });
    expect(await store.findRuleTo(head, { form: 'birth' })).toBeNull();
    expect(await store.findRuleTo({ ...head, generation: 'other' }, { node: 'birth' })).toBeNull();
  });

  it('gives back an item as it was written, then as it was changed', async () => {
    const first = item(node('a', 1));
    await begin([first]);
    expect(await store.find(head, first)).toEqual(first);
    const removed = changeItem(first, first, null, { by: wang, at, revision: 2 });
    await transactions.run((tx) => store.put(tx, head, [removed]));

    expect(await store.find(head, first)).toEqual({
      kind: 'node',
      id: 'a',
      content: null,
      version: 2,
      updatedAt: at,
      updatedBy: wang,
      previous: node('a', 1),
      editors: [
        { ...li, revision: 1 },
        { ...wang, revision: 2 },
      ],
    });
  });

  it('lists a level by number, without what was removed, and counts what lies below', async () => {
    const gone = item(node('gone', 3));
    await begin([
      item(node('b', 2)),
      item(node('a', 1)),
      item(node('c', 1, 'a')),
      item(node('d', 2, 'a')),
      gone,
    ]);
    await transactions.run((tx) =>
      store.put(tx, head, [changeItem(gone, gone, null, { by: li, at, revision: 2 })]),
    );

    const top = await store.listChildren(head, [null]);
    expect(top.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await store.countChildren(head, ['a', 'b'])).toEqual(new Map([['a', 2]]));
  });

  it('pages through a kind by id', async () => {
    await begin(['c', 'a', 'b'].map((id, index) => item(node(id, index + 1))));
    const first = await store.list(head, 'node', { limit: 2 });
    expect([first.items.map(({ id }) => id), first.next]).toEqual([['a', 'b'], 'b']);
    const second = await store.list(head, 'node', { limit: 2, after: 'b' });

    expect([second.items.map(({ id }) => id), second.next]).toEqual([['c'], null]);
  });

  it.each([
    ['标题b', ['b']],
    ['b', ['b']],
    ['.*', []],
    ['$ne', []],
  ])('finds what holds %s in its id or title, and takes it for nothing else', async (text, found) => {
    await begin([item(node('a', 1)), item(node('b', 2))]);
    const { items } = await store.list(head, 'node', { limit: 10, text });

    expect(items.map(({ id }) => id)).toEqual(found);
  });

  it('finds a rule by any of its words, and by nothing that only looks like one', async () => {
    const to = { reply: 'moving' };
    await begin([item(rule('moving', to, ['户口怎么迁'])), item(rule('fines', to))]);
    const search = async (text: string) =>
      (await store.list(head, 'rule', { limit: 10, text })).items.map(({ id }) => id);

    expect(await search('怎么迁')).toEqual(['moving']);
    expect(await search('户口.*迁')).toEqual([]);
  });

  it('finds those of several that are there', async () => {
    const gone = item(node('b', 2));
    await begin([item(node('a', 1)), gone, item(node('c', 3))]);
    await transactions.run((tx) =>
      store.put(tx, head, [changeItem(gone, gone, null, { by: li, at, revision: 2 })]),
    );
    const found = await store.findAll(head, 'node', ['a', 'b', 'missing']);

    expect(found.map(({ id }) => id)).toEqual(['a']);
  });

  it('streams every item of its account, those removed too', async () => {
    const first = item(node('a', 1));
    await begin([first, item(node('b', 2))]);
    await transactions.run((tx) =>
      store.put(tx, head, [changeItem(first, first, null, { by: li, at, revision: 2 })]),
    );
    const seen: string[] = [];
    for await (const { id, content } of store.stream(head)) seen.push(`${id} ${content !== null}`);

    expect(seen.sort()).toEqual(['a false', 'b true']);
  });

  it('shows another set of items once the head names it, and nothing of the first is in it', async () => {
    await begin([item(node('a', 1)), item(node('b', 2))]);
    const second = { accountId, generation: 'second' };
    const many = Array.from({ length: 1_000 }, (_, index) => item(node(`n${index}`, 1, 'c')));
    await store.prepare(second, [item(node('c', 1)), ...many]);
    await store.prepare(second, [item(node('c', 1))]);
    expect((await store.listChildren(head, [null])).map(({ id }) => id)).toEqual(['a', 'b']);
    await transactions.run((tx) => store.advance(tx, head, wang, at, 'second'));
    const now = (await store.findHead(accountId))!;

    expect(now).toMatchObject({ generation: 'second', revision: 2 });
    expect((await store.listChildren(now, [null])).map(({ id }) => id)).toEqual(['c']);
    expect(await store.countChildren(now, ['c'])).toEqual(new Map([['c', 1_000]]));
    await store.discard(head);
    expect(await store.find(head, { kind: 'node', id: 'a' })).toBeNull();
    expect(await store.find(now, { kind: 'node', id: 'c' })).toMatchObject({ version: 1 });
  });

  it('keeps nothing of a transaction that failed', async () => {
    await begin([item(node('a', 1))]);
    await expect(
      transactions.run(async (tx) => {
        await store.advance(tx, head, wang, at);
        await store.put(tx, head, [item(node('b', 2))]);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');

    expect(await store.findHead(accountId)).toEqual(head);
    expect(await store.find(head, { kind: 'node', id: 'b' })).toBeNull();
  });
});

describe('a draft store on MongoDB', () => {
  it('names the item that no longer fits the schema', async () => {
    const store = new MongoDraftStore(database.connection);
    const outdated = { accountId: 'outdated', generation: 'first' };
    const items = database.connection.collection('draft_items');
    await items.insertOne({ ...outdated, kind: 'node', id: 'a', version: 1, value: { id: 'a' } });

    await expect(store.find(outdated, { kind: 'node', id: 'a' })).rejects.toMatchObject({
      code: 'stored_content_unreadable',
      details: { accountId: 'outdated', item: 'node:a' },
    });
  });
});
