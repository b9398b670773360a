import { randomUUID } from 'node:crypto';
import { systemClock, type Clock } from '../../src/core/clock.js';
import type { RecipientFacts } from '../../src/features/audience/audience-reader.js';
import { createNoticeEngine, type NoticeEngine } from '../../src/features/notices/engine/notice-engine.js';
import {
  noticeEngineMigrations,
  openNoticeEngineStores,
} from '../../src/features/notices/engine/notice-stores-feature.js';
import { NoticeStoreMongo, noticeMigration } from '../../src/features/notices/notice-store-mongo.js';
import type { Notice } from '../../src/features/notices/notice.js';
import type { RecipientReader } from '../../src/features/notices/recipient-reader.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { buildSendingNotice, openidOf } from './delivery-builders.js';
import { NoticePlatformFake } from './fakes/notice-platform-fake.js';
import { openTestDatabase } from './test-database.js';
import { until } from './until.js';

export interface NoticeEngineBench {
  platform: NoticePlatformFake;
  /** Follower 0, 1, 2 … */
  recipients: RecipientFacts[];
  windows: Set<string>;
  failures: unknown[];
  stores: ReturnType<typeof openNoticeEngineStores>;
  notices: NoticeStoreMongo;
  /** One more worker on the same database. */
  openEngine(parts?: { recipients?: RecipientReader; leaseMs?: number; clock?: Clock }): NoticeEngine;
  /** As if it had just been submitted. */
  submit(notice?: Partial<Notice>): Promise<Notice>;
  /** As if the last approver had clicked, once it is prepared. */
  approve(notice: Notice): Promise<void>;
  find(notice: Notice): Promise<Notice>;
  /** As the desk does it: in a transaction. */
  replace(before: Notice, after: Notice): Promise<boolean>;
  /** Resolves when it is in one of these states. */
  reach(notice: Notice, ...states: Notice['state'][]): Promise<Notice>;
  close(): Promise<void>;
}

/** The engine of notices on a real database, with a platform that does as it is told. */
export async function openNoticeEngine(followers: number): Promise<NoticeEngineBench> {
  const database = await openTestDatabase([noticeMigration, ...noticeEngineMigrations]);
  const stores = openNoticeEngineStores(database.connection);
  const notices = new NoticeStoreMongo(database.connection);
  const transactions = new TransactionRunnerMongo(database.connection);
  const platform = new NoticePlatformFake();
  const failures: unknown[] = [];
  const windows = new Set<string>();
  const engines: NoticeEngine[] = [];
  const recipients = Array.from({ length: followers }, (_, row): RecipientFacts => {
    return { openid: openidOf(row), subscribed: true, unreachable: undefined, values: {} };
  });
  const find = async ({ accountId, id }: Notice) => (await notices.find({ accountId, id }))!;
  const reach: NoticeEngineBench['reach'] = (notice, ...states) =>
    until(`the notice is ${states.join(' or ')}`, async () => {
      const found = await find(notice);
      return states.includes(found.state) && found;
    });
  return {
    platform,
    recipients,
    windows,
    failures,
    stores,
    notices,
    find,
    reach,
    replace: (before, after) => transactions.run((tx) => notices.replace(tx, before, after)),
    openEngine(parts = {}) {
      const engine = createNoticeEngine({
        stores,
        notices,
        platform,
        starter: { startDue: async () => 0 },
        recipients: {
          list: async (_, { after, limit }) => {
            const from = (after?.row ?? -1) + 1;
            return recipients.slice(from, from + limit);
          },
        },
        pictures: { read: async () => null },
        reach: { recordUnreachable: async () => undefined },
        windows: { listOpen: async () => windows },
        cipher: { seal: (value) => value, open: (sealed) => sealed, hash: (value) => value },
        clock: systemClock,
        newId: randomUUID,
        concurrency: 16,
        watcher: {
          attempted: () => undefined,
          held: () => undefined,
          abandoned: () => undefined,
          finished: () => undefined,
          failed: (_, error) => failures.push(error),
        },
        ...parts,
      });
      engines.push(engine);
      return engine;
    },
    async submit(overrides = {}) {
      const id = randomUUID();
      const notice = buildSendingNotice({
        id,
        state: 'preparing',
        hash: null,
        size: null,
        startedAt: null,
        ...overrides,
      });
      await transactions.run((tx) => notices.add(tx, notice));
      for (const engine of engines) engine.workers.nudge();
      return notice;
    },
    async approve(notice) {
      await notices.start(await reach(notice, 'pending'), new Date());
      for (const engine of engines) engine.workers.nudge();
    },
    async close() {
      await Promise.all(engines.map((engine) => engine.workers.stop()));
      await database.close();
    },
  };
}
