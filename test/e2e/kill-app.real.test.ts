import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Content } from '../../src/dialog/content-model.js';
import {
  buildAccount,
  buildOpenid,
  buildText,
  deliver,
  settingsFor,
  type PlatformMessage,
} from '../support/platform-sender.js';
import { startSuishen, type SuishenProcess } from '../support/suishen-process.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { testDatabaseUri } from '../support/test-database.js';
import { until } from '../support/until.js';
import { buildCrowd, deliverAll } from './crowd.js';
import { findJournalFaults, StoredRecords } from './journal.js';
import { PlatformStandIn } from './platform-stand-in.js';
import { publishChange } from './publish-change.js';

const account = buildAccount('safe');

describe('the product, killed while a crowd writes and started again', () => {
  const uri = testDatabaseUri('kill_app');
  let records: StoredRecords;
  let settings: Record<string, string>;

  beforeAll(async () => {
    records = new StoredRecords(uri);
    settings = { ...settingsFor(account), MONGODB_URI: uri, DATA_DIR: await temporaryFolder('kill') };
  });
  afterAll(() => records.close());

  it('has every message that it acknowledged exactly once, and answers a re-send alike', async () => {
    const messages = buildCrowd(320, 5);
    const first = await startSuishen(settings);
    const before = await deliverAll(first.origin, account, messages, (count) => {
      if (count === 600) void first.kill('SIGKILL');
    });
    expect(before.length).toBeLessThan(messages.length);

    const second = await startSuishen(settings);
    const answered = new Set(before.map(({ message }) => message.key));
    const again = messages.filter(({ key }, index) => !answered.has(key) || index % 3 === 0);
    const after = await deliverAll(second.origin, account, again);
    await second.stop();

    expect(after).toHaveLength(again.length);
    expect(await records.exchanges()).toHaveLength(messages.length);
    expect(await findJournalFaults(records, [...before, ...after])).toEqual([]);
  }, 120_000);
});

describe('an answer that is to follow', () => {
  const uri = testDatabaseUri('kill_outbox');
  let records: StoredRecords;
  let platform: PlatformStandIn;
  let settings: Record<string, string>;
  let suishen: SuishenProcess;
  let openid: string;

  beforeAll(async () => {
    records = new StoredRecords(uri);
    platform = new PlatformStandIn();
    settings = {
      ...settingsFor(account),
      MONGODB_URI: uri,
      DATA_DIR: await temporaryFolder('outbox'),
      WECHAT_API_BASE: await platform.start(),
    };
    suishen = await startSuishen(settings);
    await publishChange(uri, account.accountId, addLongAnswer);
    await until('the long answer is live', async () => {
      const response = await deliver(suishen.origin, account, buildText(buildOpenid(), '长文'));
      return (
        response.kind === 'answer' && response.reply?.kind === 'text' && /第一部分/.test(response.reply.text)
      );
    });
  }, 90_000);
  afterAll(async () => {
    await suishen.stop();
    await platform.stop();
    await records.close();
  });
  beforeEach(() => {
    openid = buildOpenid();
    platform.keepsSilent = false;
  });

  async function killAndRestart(): Promise<void> {
    await suishen.kill('SIGKILL');
    suishen = await startSuishen(settings);
  }

  /** As if the time that others wait for a dead sender had passed. */
  async function passWaitingTime(): Promise<void> {
    await records.outbox.updateMany({ openid, state: 'sending' }, { $set: { leaseUntil: new Date() } });
    await records.outbox.updateMany({ openid, state: 'waiting' }, { $set: { notBefore: new Date() } });
  }

  async function untilSettled(): Promise<string> {
    return until('the outbox has settled', async () => {
      const entry = await records.outbox.findOne({ openid, state: { $in: ['sent', 'failed', 'unknown'] } });
      return entry?.state;
    });
  }

  it('as the rest of a long one is sent once, by whoever runs next', async () => {
    await deliver(suishen.origin, account, buildText(openid, '长文'));
    await killAndRestart();
    expect(await untilSettled()).toBe('sent');
    expect(platform.textsTo(openid)).toEqual([expect.stringContaining('第二部分')]);
  });

  it('is of unknown fate, and never sent again, when the process died in the call', async () => {
    platform.keepsSilent = true;
    await deliver(suishen.origin, account, buildText(openid, '长文'));
    await until('the platform is asked', () => platform.textsTo(openid).length > 0);
    await killAndRestart();
    platform.keepsSilent = false;
    await passWaitingTime();
    expect(await untilSettled()).toBe('unknown');
    // Whatever comes after it in the outbox is sent; it is not.
    await deliver(suishen.origin, account, buildText(buildOpenid(), '长文'));
    await until('a later answer is sent', () => platform.sent.at(-1)?.openid !== openid);
    expect(platform.textsTo(openid)).toHaveLength(1);
  });

  it('was promised, and is given once, after the process died', async () => {
    const message = buildText(openid, '身份证过期了');
    await holdUpJournal(message, async () => {
      expect(await deliver(suishen.origin, account, message)).toEqual({ kind: 'answer', reply: null });
      await suishen.kill('SIGKILL');
    });
    suishen = await startSuishen(settings);
    await passWaitingTime();
    expect(await untilSettled()).toBe('sent');
    expect(platform.textsTo(openid)).toEqual([expect.stringContaining('工本费20元')]);
    expect(await deliver(suishen.origin, account, message)).toEqual({ kind: 'answer', reply: null });
    expect((await records.exchanges(openid)).map(({ seq }) => seq)).toEqual([1]);
  });

  it('was promised in a response that got lost, and is not given twice when the platform asks again', async () => {
    const first = buildText(openid, '3');
    const second = buildText(openid, '身份证过期了');
    await holdUpJournal(first, async () => {
      await Promise.all([first, second].map((message) => deliver(suishen.origin, account, message)));
      await suishen.kill('SIGKILL');
    });
    suishen = await startSuishen(settings);
    const response = await deliver(suishen.origin, account, second);
    await passWaitingTime();
    await until('both are answered', async () => {
      const waiting = await records.outbox.countDocuments({ openid, state: { $in: ['waiting', 'sending'] } });
      return waiting === 0;
    });
    expect({ response, followed: platform.textsTo(openid).toSorted() }).toEqual({
      response: { kind: 'answer', reply: null },
      followed: [expect.stringContaining('【3】身份证'), expect.stringContaining('工本费20元')],
    });
  });

  /** While `during` runs, nobody can write the citizen's first exchange: another transaction is about to. */
  async function holdUpJournal(message: PlatformMessage, during: () => Promise<void>): Promise<void> {
    const session = records.client.startSession();
    session.startTransaction();
    const { accountId } = account;
    await records.client
      .db()
      .collection('exchanges')
      .insertOne({ accountId, openid: message.openid, seq: 1, key: message.key }, { session });
    await during();
    await session.abortTransaction();
    await session.endSession();
  }
});

function addLongAnswer(content: Content): Content {
  const text = ['第一部分。', '第二部分。'].map((part) => part + '很长。'.repeat(170)).join('\n\n');
  return {
    ...content,
    replies: [...content.replies, { id: 'long', title: '长文', type: 'text', text, sources: [] }],
    rules: [
      ...content.rules,
      {
        id: 'long',
        whole: ['长文'],
        contains: [],
        patterns: [],
        questions: [],
        priority: 50,
        to: { reply: 'long' },
      },
    ],
  };
}
