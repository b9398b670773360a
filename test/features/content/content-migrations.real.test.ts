import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/core/clock.js';
import { auditMigrations, createAuditFeature } from '../../../src/features/audit/audit-feature.js';
import { createContentFeature, type ContentFeature } from '../../../src/features/content/content-feature.js';
import { releaseMigration } from '../../../src/features/content/release-store-mongo.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { migrate } from '../../../src/storage/migrations.js';
import { databaseOf } from '../../../src/storage/mongo-connection.js';
import { buildContent } from '../../support/content-builder.js';
import { actor, hashOf } from '../../support/content-services.js';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.js';

const accountId = 'demo';
const at = new Date('2026-11-22T08:00:00Z');
const [first, second, inWork] = ['甲', '乙', '丙'].map((name) => buildContent({ settings: { name } }));

let database: TestDatabase;
let content: ContentFeature;

/** A database as it was when releases and drafts held their content in one document. */
beforeAll(async () => {
  database = await openTestDatabase([releaseMigration]);
  const { connection } = database;
  const db = databaseOf(connection);
  const release = { accountId, publishedAt: at, publishedBy: 'li', note: '', hash: 'earlier' };
  await db.collection('releases').insertMany([
    { ...release, number: 1, content: first, publishedBy: 'system' },
    { ...release, number: 2, content: second },
  ]);
  await db
    .collection<{ _id: string }>('live_releases')
    .insertOne({ _id: accountId, number: 2, hash: 'earlier', updatedAt: at } as { _id: string });
  await db.collection<{ _id: string }>('drafts').insertOne({
    _id: accountId,
    content: inWork,
    revision: 7,
    updatedAt: at,
    updatedBy: 'li',
  } as {
    _id: string;
  });
  const { trail: audit } = createAuditFeature({ connection, clock: systemClock });
  content = createContentFeature({ connection, audit, logger: silentLogger, clock: systemClock });
  await migrate(connection, [...auditMigrations, ...content.migrations]);
});

afterAll(() => database.close());

describe('a database of the time when content was one document', () => {
  it('keeps its releases, and the same one is live', async () => {
    expect(await content.contentService.findLive(accountId)).toMatchObject({
      number: 2,
      hash: await hashOf(second!),
    });
    expect(await content.contentService.findLiveContent(accountId)).toMatchObject({
      settings: { name: '乙' },
    });
    expect(await content.releaseDesk.list(accountId, 5)).toMatchObject([
      { number: 2, origin: { kind: 'operator' }, publishedBy: { name: 'li' } },
      { number: 1, origin: { kind: 'initial' }, hash: await hashOf(first!) },
    ]);
  });

  it('can go back to a release of that time', async () => {
    const request = { accountId, actor: actor('leader'), reason: '试试', to: 1 };

    expect(await content.releaseDesk.rollBack(request)).toMatchObject({
      number: 3,
      hash: await hashOf(first!),
    });
  });

  it('has the draft of that time as a snapshot, which can be restored', async () => {
    const { revision } = await content.draftService.open(accountId);
    const [snapshot] = (await content.snapshots.list(accountId, 5)).filter(({ at: kept }) => +kept === +at);
    expect(snapshot).toMatchObject({ name: '升级之前的草稿', draftRevision: 7, by: { name: 'li' } });
    await content.snapshots.restore(accountId, actor('li'), snapshot!.id, revision);

    expect(await content.contentService.findDraft(accountId)).toMatchObject({
      content: { settings: { name: '丙' } },
    });
  });
});
