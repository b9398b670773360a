import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { addFollower, testPlatform } from './fixture.js';

async function stateFile(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'sandbox-')), 'deep', 'sandbox.json');
}

describe('the state file', () => {
  it('brings back citizens, chats, menus and QR codes after a restart', async () => {
    const path = await stateFile();
    const before = testPlatform({ stateFile: path });
    await before.sandbox.start();
    before.sandbox.world.say(before.account, before.citizen, {
      from: 'account',
      content: { kind: 'text', text: '您好' },
    });
    before.call('POST', '/cgi-bin/menu/create', { button: [{ name: '办', type: 'click', key: 'k' }] });
    await before.sandbox.stop();

    const after = testPlatform({ stateFile: path });
    await after.sandbox.start();
    expect(after.sandbox.world.accounts.get('pingan-meizhou')!.state).toEqual(before.account.state);
    expect(after.sandbox.world.nextId()).toBe(before.sandbox.world.nextId());
    expect(await readdir(join(path, '..'))).toEqual(['sandbox.json']);
  });

  it('says that what was under way did not arrive', async () => {
    const path = await stateFile();
    const before = testPlatform({ stateFile: path });
    before.sandbox.world.say(before.account, before.citizen, {
      from: 'citizen',
      content: { kind: 'text', text: '1' },
      delivery: { state: 'sending', attempts: 1, tookMs: 0, duplicate: 'none', problem: null },
    });
    await before.sandbox.stop();

    const after = testPlatform({ stateFile: path });
    await after.sandbox.start();
    const [entry] = after.sandbox.world.accounts.get('pingan-meizhou')!.state.citizens.at(-1)!.chat;
    expect(entry!.delivery).toMatchObject({ state: 'failed', problem: 'the sandbox was restarted' });
    await after.sandbox.stop();
  });

  it('is written by itself soon after a change', async () => {
    const path = await stateFile();
    const { sandbox, account, clock } = testPlatform({ stateFile: path, timings: { saveDelayMs: 0 } });
    await sandbox.start();
    addFollower(sandbox, account, clock.now());
    const saved = async () => readFile(path, 'utf8').catch(() => '');
    while (!(await saved()).includes('小林')) await new Promise((resolve) => setImmediate(resolve));
    await sandbox.stop();
    expect(JSON.parse(await saved())).toMatchObject({ version: 1 });
  });

  it('of an earlier version gets the templates that every account begins with', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'sandbox-')), 'sandbox.json');
    const { openid } = testPlatform().citizen;
    const citizen = { openid, nickname: '小林', following: true, followedAt: 1, followScene: null };
    const idle = { lastActiveAt: 0, typingUntil: 0, grants: [], chat: [] };
    const citizens = [{ ...citizen, ...idle }];
    const accounts = [{ accountId: 'pingan-meizhou', menu: null, qrCodes: [], citizens }];
    await writeFile(path, JSON.stringify({ version: 1, lastId: 7, accounts }));
    const { sandbox } = testPlatform({ stateFile: path });
    await sandbox.start();
    const { state } = sandbox.world.accounts.get('pingan-meizhou')!;
    expect(state.templates.map(({ title }) => title)).toContain('安全预警通知');
    expect(state.citizens).toMatchObject([{ openid, tags: [], consents: {}, received: { mass: 0 } }]);
    await sandbox.stop();
  });

  it.each(['{"version":1', '{"version":2}', ''])('that is damaged is set aside: %s', async (text) => {
    const path = join(await mkdtemp(join(tmpdir(), 'sandbox-')), 'sandbox.json');
    await writeFile(path, text);
    const { sandbox } = testPlatform({ stateFile: path });
    await sandbox.start();
    expect(await readFile(`${path}.damaged`, 'utf8')).toBe(text);
    await sandbox.stop();
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ version: 1 });
  });
});
