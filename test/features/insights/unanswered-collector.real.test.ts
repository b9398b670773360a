import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import type { Exchange } from '../../../src/features/conversations/exchange.js';
import { ExchangeSealer } from '../../../src/features/conversations/exchange-sealer.js';
import {
  ExchangeStoreMongo,
  exchangeMigration,
} from '../../../src/features/conversations/exchange-store-mongo.js';
import {
  UnansweredExchangeStoreMongo,
  unansweredMigration as journalMigration,
} from '../../../src/features/conversations/unanswered-exchange-store-mongo.js';
import { pairLikeness } from '../../../src/features/insights/likeness.js';
import { UnansweredCollector } from '../../../src/features/insights/unanswered-collector.js';
import { dailyCountMigration } from '../../../src/features/insights/daily-count-store-mongo.js';
import {
  UnansweredGroupStoreMongo,
  unansweredGroupMigration,
} from '../../../src/features/insights/unanswered-group-store-mongo.js';
import {
  UnansweredStoreMongo,
  unansweredMigration,
} from '../../../src/features/insights/unanswered-store-mongo.js';
import { buildExchange, buildFieldCipher, textInput } from '../../support/builders.js';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { until } from '../../support/until.js';

const subjects = ['公积金', '社保', '快递', '宠物狗', '广场舞', '路灯', '井盖', '公交卡', '医保', '停车位'];
const questions = subjects.flatMap((subject) => [
  `${subject}怎么办理`,
  `请问${subject}怎么办理呢`,
  `${subject}怎么弄`,
]);
/** Each citizen asks everything once, in one of three ways for each subject. */
const citizens = Array.from({ length: 200 }, (_, index) => `o-${index}`);

const opened: TestDatabase[] = [];
const children: ChildProcess[] = [];
afterEach(() => Promise.all(children.splice(0).map(kill)));
afterAll(() => Promise.all(opened.map(({ close }) => close())));

describe('collectors on one journal', () => {
  it('count every message once although both believe that it is their turn', async () => {
    const database = await openJournal();
    await append(database, exchangesOf(citizens));
    const [one, other] = [openCollector(database), openCollector(database)];
    await Promise.all([one.collect(), other.collect()]);
    await one.collect();
    await expectAllCounted(database);
  });

  it('count every message once although they are killed at any moment', async () => {
    const database = await openJournal();
    const exchanges = exchangesOf(citizens);
    const batch = exchanges.length / 4;
    await append(database, exchanges.slice(0, batch));
    let late = batch;
    let running = [startCollector(database, 'a-0'), startCollector(database, 'b-0')];
    for (let round = 1; round <= 3; round += 1) {
      const before = await countMessages(database);
      await until('something was counted', async () => (await countMessages(database)) > before);
      await Promise.all(running.map(kill));
      await append(database, exchanges.slice(late, late + batch));
      late += batch;
      running = [startCollector(database, `a-${round}`), startCollector(database, `b-${round}`)];
    }
    await until('all was counted', async () => (await countMessages(database)) >= exchanges.length);
    await expectAllCounted(database);
  }, 60_000);
});

async function openJournal(): Promise<TestDatabase> {
  const database = await openTestDatabase([
    exchangeMigration,
    journalMigration,
    unansweredMigration,
    unansweredGroupMigration,
    dailyCountMigration,
  ]);
  opened.push(database);
  return database;
}

function exchangesOf(citizens: readonly string[]): Exchange[] {
  const start = Date.parse('2026-11-22T01:00:00Z');
  return questions.flatMap((text, nth) =>
    citizens.map((openid, index) => {
      const at = new Date(start + nth * citizens.length + index);
      const inbound = { input: textInput(text), sentAt: at };
      return buildExchange({ openid, seq: nth + 1, inbound, decidedBy: { step: 'fallback' }, at });
    }),
  );
}

async function append({ connection }: TestDatabase, exchanges: readonly Exchange[]): Promise<void> {
  await new ExchangeStoreMongo(connection).appendMany(exchanges);
}

function openCollector({ connection }: TestDatabase): UnansweredCollector {
  return new UnansweredCollector({
    reader: new UnansweredExchangeStoreMongo(connection, new ExchangeSealer(buildFieldCipher())),
    store: new UnansweredStoreMongo(connection),
    likeness: pairLikeness,
    findNearest: () => [],
    clock: { now: () => Date.parse('2026-11-23T00:00:00Z') },
    watcher: { collected: () => undefined, collectFailed: () => undefined },
    owner: 'the same',
  });
}

function startCollector({ uri }: TestDatabase, owner: string): ChildProcess {
  const program = join(import.meta.dirname, '../../support/collector-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, uri, owner], { stdio: 'inherit' });
  children.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function countMessages({ connection }: TestDatabase): Promise<number> {
  const groups = await new UnansweredGroupStoreMongo(connection).list({}, { limit: 1_000 });
  return groups.reduce((sum, { messages }) => sum + messages, 0);
}

async function expectAllCounted({ connection }: TestDatabase): Promise<void> {
  const groups = await new UnansweredGroupStoreMongo(connection).list({}, { limit: 1_000 });
  expect(groups).toHaveLength(subjects.length);
  for (const group of groups) expect(group).toMatchObject({ messages: 600, citizens: 200 });
}
