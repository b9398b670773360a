import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { auditMigrations, createAuditFeature } from '../../../src/features/audit/audit-feature.js';
import { createContentFeature, type ContentFeature } from '../../../src/features/content/content-feature.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { migrate } from '../../../src/storage/migrations.js';
import { connectMongo, type MongoConnection } from '../../../src/storage/mongo-connection.js';
import { buildContent } from '../../support/content-builder.js';
import { testDatabaseUri } from '../../support/test-database.js';

const uri = testDatabaseUri('live');
const registry = new Registry();
let connections: [MongoConnection, MongoConnection];
let here: ContentFeature;
let there: ContentFeature;

beforeAll(async () => {
  connections = [await connectMongo(uri, silentLogger), await connectMongo(uri, silentLogger)];
  const [one, other] = connections;
  const clock = { now: () => Date.parse('2026-11-22T08:00:00Z') };
  const auditOn = (connection: MongoConnection) => createAuditFeature({ connection, clock }).trail;
  here = createContentFeature({ connection: one, audit: auditOn(one), logger: silentLogger, clock });
  there = createContentFeature({
    connection: other,
    audit: auditOn(other),
    logger: silentLogger,
    clock,
    registry,
  });
  await Promise.all([
    migrate(one, [...auditMigrations, ...here.migrations]),
    migrate(other, [...auditMigrations, ...there.migrations]),
  ]);
  await here.liveReleases.start();
  await there.liveReleases.start();
});

afterAll(async () => {
  await here.liveReleases.stop();
  await there.liveReleases.stop();
  for (const connection of connections) await connection.close();
});

const named = (name: string) => buildContent({ settings: { name } });

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(1);
}

describe('two nodes on one database', () => {
  it('both answer from a release that one of them published', async () => {
    const publish = (name: string) =>
      here.contentService.publish({ accountId: 'demo', content: named(name), by: 'li', note: name });
    await publish('甲');
    await until(() => there.liveReleases.current('demo')?.number === 1);
    await publish('乙');
    await until(() => there.liveReleases.current('demo')?.number === 2);
    await until(() => here.liveReleases.current('demo')?.number === 2);

    expect(there.liveReleases.current('demo')?.content.settings.name).toBe('乙');
    expect(await registry.metrics()).toContain('suishen_release_number{account="demo"} 2');
  });

  it('seed an account once, and agree on what it begins with', async () => {
    const outcomes = await Promise.all([
      here.contentService.seed('new', named('甲')),
      there.contentService.seed('new', named('乙')),
    ]);
    await until(() => Boolean(here.liveReleases.current('new') && there.liveReleases.current('new')));

    expect(outcomes.map(({ published }) => published).sort()).toEqual([false, true]);
    expect(outcomes.map(({ live }) => live.number)).toEqual([1, 1]);
    expect(here.liveReleases.current('new')?.hash).toBe(there.liveReleases.current('new')?.hash);
  });

  it('come back to following after the change stream was torn down', async () => {
    await connections[0].collection('live_releases').drop();
    await here.contentService.publish({ accountId: 'after', content: named('甲'), by: 'li', note: '' });
    await until(() => there.liveReleases.current('after')?.number === 1);

    expect(there.liveReleases.current('after')?.content.settings.name).toBe('甲');
  });
});
