import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createOwedNoticeBook,
  owedNoticeMigrations,
} from '../../../src/features/owed-notices/owed-notices-feature.js';
import { databaseOf } from '../../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../../src/storage/transactions-mongo.js';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { until } from '../../support/until.js';

const owed = 400;
const hour = 3_600_000;

let database: TestDatabase;
const running: ChildProcess[] = [];
beforeEach(async () => {
  database = await openTestDatabase(owedNoticeMigrations);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(kill));
  await database.close();
});

describe('two senders', () => {
  it('tell everybody once, although one is killed again and again; what is in doubt is never sent twice', async () => {
    await oweNotices();
    await startSender();
    for (let round = 0; round < 4; round += 1) {
      const victim = await startSender();
      await pause(120);
      await kill(victim);
    }
    const notices = await until('everything has ended', async () => {
      const all = await collection('owed_notices').find().toArray();
      return all.every(({ state }) => state === 'sent' || state === 'unknown') && all;
    });
    const arrivals = (await collection('arrived').find().toArray()).map(({ clientMsgId }) => clientMsgId);
    expect(new Set(arrivals).size).toBe(arrivals.length);
    const arrived = new Set(arrivals);
    for (const { _id, state, channel, openid } of notices) {
      const isOutside = Number(String(openid).slice(2)) % 2 === 1;
      if (state === 'sent') {
        expect(arrived.has(_id.toHexString())).toBe(true);
        expect(channel).toBe(isOutside ? 'template' : 'customer_service');
      } else expect(channel).toBe('customer_service');
    }
    const inDoubt = notices.filter(({ state }) => state === 'unknown').length;
    expect(inDoubt).toBeLessThanOrEqual(4);
  }, 90_000);
});

async function oweNotices(): Promise<void> {
  const { connection } = database;
  const book = createOwedNoticeBook(connection);
  const now = Date.now();
  await new TransactionRunnerMongo(connection).run(async (tx) => {
    for (let nth = 0; nth < owed; nth += 1) {
      await book.add(tx, {
        accountId: 'pingan-meizhou',
        subject: { kind: nth % 4 < 2 ? 'appointment' : 'registration', id: `s${nth}` },
        openid: `o-${nth}`,
        kind: 'reminder_day',
        about: new Date(now + hour),
        dueAt: new Date(now - 1),
        until: new Date(now + hour),
      });
    }
  });
}

async function startSender(): Promise<ChildProcess> {
  const program = join(import.meta.dirname, '../../support/notice-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, database.uri], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function collection(name: string) {
  return databaseOf(database.connection).collection(name);
}
