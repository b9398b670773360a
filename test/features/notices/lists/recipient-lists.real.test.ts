import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../../src/core/clock.js';
import { auditMigrations, createAuditFeature } from '../../../../src/features/audit/audit-feature.js';
import { ListImporter } from '../../../../src/features/notices/lists/list-importer.js';
import { RecipientLists } from '../../../../src/features/notices/lists/recipient-lists.js';
import { NoticeRecipients } from '../../../../src/features/notices/notice-recipients.js';
import {
  recipientListMigration,
  RecipientListStoreMongo,
} from '../../../../src/features/notices/recipient-list-store-mongo.js';
import { databaseOf } from '../../../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../../../src/storage/transactions-mongo.js';
import { buildActor } from '../../../support/audit-builders.js';
import { buildFieldCipher } from '../../../support/builders.js';
import { openidOf } from '../../../support/delivery-builders.js';
import { buildListFile, everybodyKnown } from '../../../support/list-file.js';
import { noticeAccount } from '../../../support/notice-builders.js';
import { openTestDatabase, type TestDatabase } from '../../../support/test-database.js';

const cipher = buildFieldCipher();
const actor = buildActor();
const followers = 130_000;

let database: TestDatabase;
let store: RecipientListStoreMongo;
let lists: RecipientLists;

beforeAll(async () => {
  database = await openTestDatabase([...auditMigrations, recipientListMigration]);
  const { connection } = database;
  store = new RecipientListStoreMongo(connection);
  lists = new RecipientLists({
    lists: store,
    importer: new ListImporter({ lists: store, audience: everybodyKnown, cipher }),
    transactions: new TransactionRunnerMongo(connection),
    audit: createAuditFeature({ connection, clock: systemClock }).trail,
    clock: systemClock,
    newId: randomUUID,
  });
});
afterAll(() => database.close());

const upload = (file: Buffer) =>
  lists.upload({ accountId: noticeAccount, actor, filename: '名单.csv', file });

describe('a list of 130,000 recipients', () => {
  it('is read while everything else goes on, page by page, and has every one of them once', async () => {
    const file = buildListFile(followers);
    let isRead = false;
    let turns = 0;
    const uploading = upload(file).finally(() => (isRead = true));
    while (!isRead) {
      await turn();
      turns += 1;
    }
    // A program that lets nothing run in between would come to one turn for each of the 260 pages that it writes.
    expect(turns).toBeGreaterThan(500);
    const list = await uploading;
    expect(list).toMatchObject({ rows: followers, usable: followers, rowFaults: [] });
    await lists.confirm({ ...list, actor });

    const audience = { ...everybodyKnown, list: async () => ({ recipients: [], next: null }) };
    const recipients = new NoticeRecipients({ audience, lists: store, cipher });
    const notice = { accountId: noticeAccount, audience: { kind: 'list' as const, listId: list.id } };
    const openids = new Set<string>();
    let after: { row: number; openid: string } | null = null;
    for (;;) {
      const page = await recipients.list(notice, { after, limit: 1_000 });
      const last = page.at(-1);
      if (!last) break;
      for (const { openid } of page) openids.add(openid);
      after = { row: openids.size - 1, openid: last.openid };
    }
    expect(openids.size).toBe(followers);
    expect(after).toEqual({ row: followers - 1, openid: openidOf(followers - 1) });
    // So many rows take their time where other suites run beside them.
  }, 120_000);

  it('whose reader is killed half-way is no list, and what is left of it expires', async () => {
    const program = fileURLToPath(new URL('../../../support/list-upload-process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', program, database.uri], {
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ids: string[] = [];
    for await (const id of createInterface(child.stdout)) {
      ids.push(id);
      if (ids.length === 20) break;
    }
    child.kill('SIGKILL');
    await once(child, 'exit');

    const id = ids[0]!;
    expect(await lists.find(noticeAccount, id)).toBeNull();
    await expect(lists.confirm({ accountId: noticeAccount, id, actor })).rejects.toMatchObject({
      code: 'not_found',
    });
    const pages = databaseOf(database.connection).collection('notice_list_pages');
    const left = await pages.countDocuments({ '_id.list': id });
    expect(left).toBeGreaterThanOrEqual(20);
    expect(left).toBeLessThan(260);
    expect(await pages.countDocuments({ '_id.list': id, expiresAt: { $type: 'date' } })).toBe(left);
    expect(await upload(buildListFile(3))).toMatchObject({ usable: 3 });
  });
});
