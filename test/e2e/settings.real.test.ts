import { describe, expect, it } from '@jest/globals';
import { buildAccount, deliver, settingsFor } from '../support/platform-sender.js';
import { isAlive, mongodPid } from '../support/process-id.js';
import { runSuishen, startSuishen } from '../support/suishen-process.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { until } from '../support/until.js';
import { buildCrowd } from './crowd.js';
import { inParallel } from './in-parallel.js';
import { findJournalFaults, StoredRecords, type Acknowledged } from './journal.js';

const account = buildAccount('safe');

describe('the product with wrong settings', () => {
  it('names every one of them in one report and ends with exit code 1', async () => {
    const settings = {
      PORT: 'abc',
      MONGODB_URI: 'localhost:27017',
      REDIS_URL: 'localhost',
      LOG_LEVEL: 'loud',
      SANDBOX: 'maybe',
      WECHAT_APPID: '平安梅州',
      WECHAT_TOKEN: '!',
      WECHAT_AES_KEY: 'short',
      WECHAT_MESSAGE_MODE: 'secret',
    };
    const { code, output } = await runSuishen(settings, ['--roles', 'cook']);
    expect(code).toBe(1);
    expect(output).toMatch(/^随身不能启动（bad_settings）：\n/);
    for (const name of [...Object.keys(settings), '--roles'])
      expect(output).toMatch(new RegExp(`  · ${name}：`));
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('names what does not go together', async () => {
    const { code, output } = await runSuishen({ SANDBOX: 'off', WECHAT_APPID: account.appId });
    expect(code).toBe(1);
    for (const name of ['WECHAT_SECRET', 'WECHAT_TOKEN', 'WECHAT_AES_KEY']) expect(output).toContain(name);
  });

  it.each([
    ['embedded database', settingsFor(account), 'MONGODB_URI'],
    ['sandbox', { MONGODB_URI: 'mongodb://127.0.0.1:9', SANDBOX: 'on' }, 'SANDBOX'],
  ])('has no %s in production', async (_, settings, named) => {
    const dataDir = await temporaryFolder('production');
    const { code, output } = await runSuishen({ ...settings, NODE_ENV: 'production', DATA_DIR: dataDir });
    expect([code, output]).toEqual([1, expect.stringContaining(`· ${named}：`)]);
  });

  it('says that the database cannot be reached', async () => {
    const { code, output } = await runSuishen({
      ...settingsFor(account),
      MONGODB_URI: 'mongodb://127.0.0.1:9/suishen',
    });
    expect([code, output]).toEqual([1, expect.stringContaining('database_unreachable')]);
  });
});

describe('Ctrl-C', () => {
  it('lets what was accepted be answered, then leaves no process behind', async () => {
    const dataDir = await temporaryFolder('interrupt');
    const settings = { ...settingsFor(account), DATA_DIR: dataDir };
    const suishen = await startSuishen(settings);
    const mongod = await mongodPid(dataDir);
    const acknowledged: Acknowledged[] = [];
    const messages = buildCrowd(100, 8);
    await inParallel(messages, 32, async (message) => {
      const response = await deliver(suishen.origin, account, message);
      if (response.kind === 'none') return;
      acknowledged.push({ message, reply: response.reply });
      if (acknowledged.length === 200) void suishen.kill('SIGINT');
    });

    expect(await suishen.exited).toEqual({ code: 0, signal: null });
    await until('mongod is gone', () => !isAlive(mongod));
    expect(acknowledged.length).toBeLessThan(messages.length);

    const again = await startSuishen(settings);
    const records = await StoredRecords.ofEmbedded(dataDir);
    expect(await findJournalFaults(records, acknowledged)).toEqual([]);
    // Nothing was worked on whose answer was then cut off.
    expect(await records.exchanges()).toHaveLength(acknowledged.length);
    await records.close();
    await again.stop();
  }, 120_000);

  it('does not wait for a phone page that is open', async () => {
    const suishen = await startSuishen({ DATA_DIR: await temporaryFolder('page') });
    const stream = await fetch(`${suishen.origin}/sandbox/api/events`);
    expect(stream.ok).toBe(true);
    expect(await suishen.kill('SIGINT')).toEqual({ code: 0, signal: null });
    expect(await stream.text()).toContain('retry:');
  });
});
