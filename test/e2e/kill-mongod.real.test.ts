import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildAccount,
  buildOpenid,
  buildText,
  deliverUntilAnswered,
  settingsFor,
} from '../support/platform-sender.js';
import { isAlive, mongodPid } from '../support/process-id.js';
import { startSuishen, type SuishenProcess } from '../support/suishen-process.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { until } from '../support/until.js';
import { buildCrowd, deliverAllPatiently } from './crowd.js';
import { findJournalFaults, StoredRecords, type Acknowledged } from './journal.js';
import { publishChange, withText } from './publish-change.js';

const account = buildAccount('safe');

describe('the product on its embedded database', () => {
  let dataDir: string;
  let settings: Record<string, string>;
  let suishen: SuishenProcess;
  let acknowledged: Acknowledged[];

  beforeAll(async () => {
    dataDir = await temporaryFolder('mongod');
    settings = { ...settingsFor(account), DATA_DIR: dataDir };
    suishen = await startSuishen(settings);
  }, 90_000);
  afterAll(async () => {
    await suishen.stop();
  });

  async function withRecords(look: (records: StoredRecords) => Promise<void>): Promise<void> {
    const records = await StoredRecords.ofEmbedded(dataDir);
    try {
      await look(records);
    } finally {
      await records.close();
    }
  }

  it('lives on when the database is killed while a crowd writes, and loses nothing', async () => {
    const messages = buildCrowd(120, 5);
    const killed = await mongodPid(dataDir);
    acknowledged = await deliverAllPatiently(suishen.origin, account, messages, (count) => {
      if (count === 200) process.kill(killed, 'SIGKILL');
    });
    expect(acknowledged).toHaveLength(messages.length);
    expect(suishen.isRunning).toBe(true);
    expect(suishen.log.map(({ msg }) => msg)).toContain('the embedded mongod is back');
    await withRecords(async (records) => {
      // An answer that the outage held up is promised first.
      await until('every message is in the journal', async () => {
        return (await records.exchanges()).length >= messages.length;
      });
      expect(await findJournalFaults(records, acknowledged)).toEqual([]);
    });
    expect(await mongodPid(dataDir)).not.toBe(killed);
  }, 120_000);

  it('takes the database along when it is killed itself', async () => {
    await withRecords(async (records) => {
      await publishChange(records.uri, account.accountId, (content) =>
        withText(content, 'thanks', '别客气，慢走。'),
      );
    });
    const mongod = await mongodPid(dataDir);
    await suishen.kill('SIGKILL');
    await until('mongod is gone', () => !isAlive(mongod));
  });

  it('has everything again at the next start, and what was published in between', async () => {
    suishen = await startSuishen(settings);
    const thanks = buildText(buildOpenid(), '谢谢');
    const reply = await deliverUntilAnswered(suishen.origin, account, thanks);
    expect(reply).toEqual({ kind: 'text', text: '别客气，慢走。' });
    await withRecords(async (records) => {
      expect(await findJournalFaults(records, [...acknowledged, { message: thanks, reply }])).toEqual([]);
    });
  }, 60_000);
});
