import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoDraftStore } from '../../src/features/content/draft-store-mongo.js';
import type { Draft, DraftStore } from '../../src/features/content/draft-store.js';
import { silentLogger } from '../../src/observability/logger.js';
import { connectMongo, type MongoConnection } from '../../src/storage/mongo-connection.js';
import { buildContent } from '../support/content-builder.js';
import { DraftStoreFake } from '../support/fakes/draft-store-fake.js';
import { testDatabaseUri } from '../support/test-database.js';

const uri = testDatabaseUri('drafts');
let connection: MongoConnection;

beforeAll(async () => {
  connection = await connectMongo(uri, silentLogger);
});

afterAll(() => connection.close());

const stores: [string, () => DraftStore][] = [
  ['in memory', () => new DraftStoreFake()],
  ['on MongoDB', () => new MongoDraftStore(connection)],
];

function draftBy(updatedBy: string, accountId: string): Omit<Draft, 'revision'> {
  return {
    accountId,
    content: buildContent(),
    hash: updatedBy,
    updatedAt: new Date('2026-11-22T08:00:00Z'),
    updatedBy,
  };
}

describe.each(stores)('a draft store %s', (_name, makeStore) => {
  it('gives back what was saved, with its revision', async () => {
    const store = makeStore();
    const draft = draftBy('li', 'kept');

    expect(await store.find('kept')).toBeNull();
    expect(await store.save(draft, 0)).toBe(1);
    expect(await store.find('kept')).toEqual({ ...draft, revision: 1 });
  });

  it('replaces the draft that the editor started from', async () => {
    const store = makeStore();
    await store.save(draftBy('li', 'replaced'), 0);

    expect(await store.save(draftBy('wang', 'replaced'), 1)).toBe(2);
    expect(await store.find('replaced')).toMatchObject({ revision: 2, updatedBy: 'wang' });
  });

  it('keeps the draft of the editor who was first', async () => {
    const store = makeStore();
    await store.save(draftBy('li', 'contested'), 0);
    const revisions = await Promise.all([
      store.save(draftBy('wang', 'contested'), 1),
      store.save(draftBy('zhao', 'contested'), 1),
    ]);

    expect(revisions.filter((revision) => revision === 2)).toHaveLength(1);
    expect(revisions).toContain(null);
    expect((await store.find('contested'))?.revision).toBe(2);
  });

  it('lets one of several editors begin the draft', async () => {
    const store = makeStore();
    const revisions = await Promise.all([
      store.save(draftBy('li', 'begun'), 0),
      store.save(draftBy('wang', 'begun'), 0),
    ]);

    expect(revisions.filter((revision) => revision === 1)).toHaveLength(1);
    expect(revisions).toContain(null);
  });
});

describe('a draft store on MongoDB', () => {
  it('names the account whose draft no longer fits the schema', async () => {
    await new MongoDraftStore(connection).save(draftBy('li', 'outdated'), 0);
    await connection
      .collection<{ _id: string }>('drafts')
      .updateOne({ _id: 'outdated' }, { $unset: { 'content.settings': 1 } });

    await expect(new MongoDraftStore(connection).find('outdated')).rejects.toMatchObject({
      code: 'stored_content_unreadable',
      details: { accountId: 'outdated' },
    });
  });
});
