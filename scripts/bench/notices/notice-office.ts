import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { systemClock } from '../../../src/core/clock.js';
import { NodeFieldCipher } from '../../../src/core/field-cipher-node.js';
import type { RecipientFacts } from '../../../src/features/audience/audience-reader.js';
import type { RowsOf } from '../../../src/features/notices/delivery-store.js';
import {
  createNoticeEngine,
  type NoticeEngine,
  type NoticeEngineStores,
} from '../../../src/features/notices/engine/notice-engine.js';
import {
  noticeEngineMigrations,
  openNoticeEngineStores,
} from '../../../src/features/notices/engine/notice-stores-feature.js';
import { NoticeStoreMongo, noticeMigration } from '../../../src/features/notices/notice-store-mongo.js';
import type { Notice, NoticePlan } from '../../../src/features/notices/notice.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { KeyValueStoreMemory } from '../../../src/storage/key-value-store-memory.js';
import { migrate } from '../../../src/storage/migrations.js';
import { connectMongo, type MongoConnection } from '../../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../../src/storage/transactions-mongo.js';
import type { WechatAccount } from '../../../src/wechat/account.js';
import { createWechatClients } from '../../../src/wechat/client/wechat-clients.js';
import { WechatNoticePlatform } from '../../../src/wechat/client/wechat-notice-platform.js';

export interface NoticeOfficeOptions {
  mongodbUri: string;
  apiBase: string;
  account: WechatAccount;
  /** Whoever a notice to everyone goes to. */
  openids?: readonly string[];
  /** Those whose window for customer-service messages is open. */
  windows?: ReadonlySet<string>;
  concurrency?: number;
  leaseMs?: number;
  onFailure?: (what: string, error: unknown) => void;
}

/** The engine of notices by itself, against a platform: without desk, console and web server. */
export interface NoticeOffice {
  engine: NoticeEngine;
  stores: NoticeEngineStores;
  notices: NoticeStoreMongo;
  connection: MongoConnection;
  /** Writes a notice and has it prepared. */
  prepare(plan: Partial<NoticePlan>): Promise<Notice>;
  /** As if the last approver had clicked. */
  approve(notice: Notice): Promise<void>;
  find(notice: Pick<Notice, 'accountId' | 'id'>): Promise<Notice>;
  /** Resolves when the notice is no longer being sent. */
  ended(notice: Notice): Promise<Notice>;
  close(): Promise<void>;
}

/** One of the sandbox's templates, filled in. */
export const noticeContent: NoticePlan['content'] = {
  body: { kind: 'text', text: '梅州市地震台网：8时02分发生地震，我市有震感，请勿恐慌。' },
  template: {
    templateId: 'sandbox-safety-warning',
    values: { thing1: '地震信息', thing2: '梅州市', time3: '2026年4月20日 08:21' },
  },
  subscription: {
    templateId: 'sandbox-public-safety-notice',
    values: { thing1: '地震信息', thing2: '梅州市', time3: '2026年4月20日 08:21' },
  },
};

const key = Buffer.alloc(32, 7);
const pollMs = 20;

export async function openNoticeOffice(options: NoticeOfficeOptions): Promise<NoticeOffice> {
  const { account, openids = [], windows = new Set(), onFailure = () => undefined } = options;
  const { accountId } = account;
  const connection = await connectMongo(options.mongodbUri, silentLogger);
  await migrate(connection, [noticeMigration, ...noticeEngineMigrations]);
  const stores = openNoticeEngineStores(connection);
  const notices = new NoticeStoreMongo(connection);
  const transactions = new TransactionRunnerMongo(connection);
  const engine = createNoticeEngine({
    stores,
    notices,
    starter: {
      async startDue() {
        const now = new Date();
        for (const due of await notices.listDue(now)) await notices.start(due, now);
      },
    },
    recipients: {
      list: async (_notice, { after, limit }) => {
        const from = (after?.row ?? -1) + 1;
        return openids.slice(from, from + limit).map(toRecipient);
      },
    },
    pictures: { read: async () => null },
    reach: { recordUnreachable: async () => undefined },
    windows: { listOpen: async () => windows },
    platform: new WechatNoticePlatform({
      clients: createWechatClients({
        accounts: [account],
        apiBase: options.apiBase,
        store: new KeyValueStoreMemory(systemClock),
        registry: new Registry(),
        clock: systemClock,
        sleep,
        random: Math.random,
        newId: randomUUID,
        logger: silentLogger,
      }),
      clock: systemClock,
      steadyClock: { now: () => performance.now() },
      sleep,
    }),
    cipher: new NodeFieldCipher({ key, hashKey: key }),
    clock: systemClock,
    newId: randomUUID,
    watcher: {
      attempted: () => undefined,
      held: (_account, _notice, cause, reason) => onFailure(`held: ${cause}`, reason),
      abandoned: () => undefined,
      finished: () => undefined,
      failed: onFailure,
    },
    ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
    ...(options.leaseMs !== undefined && { leaseMs: options.leaseMs }),
  });

  const find = async (ref: Pick<Notice, 'accountId' | 'id'>): Promise<Notice> => {
    const found = await notices.find(ref);
    if (!found) throw new Error('the notice is gone');
    return found;
  };
  const waitWhile = async (notice: Notice, state: Notice['state']): Promise<Notice> => {
    for (;;) {
      const found = await find(notice);
      if (found.state !== state) return found;
      await sleep(pollMs);
    }
  };
  return {
    engine,
    stores,
    notices,
    connection,
    find,
    async prepare(plan) {
      const notice = { ...newNotice(accountId), ...plan };
      await transactions.run((tx) => notices.add(tx, notice));
      engine.workers.nudge();
      const prepared = await waitWhile(notice, 'preparing');
      if (prepared.state !== 'pending') throw new Error(`not prepared: ${prepared.remark}`);
      return prepared;
    },
    async approve(notice) {
      if (!(await notices.start(notice, new Date()))) throw new Error('the notice was changed');
      engine.workers.nudge();
    },
    ended: (notice) => waitWhile(notice, 'sending'),
    async close() {
      await engine.workers.stop();
      await connection.close();
    },
  };
}

export function rowsOf({ accountId, id, preparation }: Notice): RowsOf {
  return { accountId, id, preparation };
}

function newNotice(accountId: string): Notice {
  const now = new Date();
  return {
    accountId,
    id: randomUUID(),
    state: 'preparing',
    revision: 1,
    authors: [],
    createdAt: now,
    preparation: 1,
    hash: null,
    size: null,
    submittedAt: now,
    submittedBy: null,
    approvals: [],
    hold: null,
    startsAt: null,
    startedAt: null,
    endedAt: null,
    remark: '',
    kind: 'emergency',
    title: '地震信息',
    content: noticeContent,
    audience: { kind: 'everyone' },
    channels: ['template'],
    sendAt: null,
    training: false,
  };
}

function toRecipient(openid: string): RecipientFacts {
  return { openid, subscribed: true, unreachable: undefined, values: {} };
}
