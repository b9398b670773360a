import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { contentCommand } from '../../../scripts/content/content-command.js';
import { publishCommand } from '../../../scripts/content/publish-command.js';
import { explainErrors, type Command } from '../../../scripts/content/run-command.js';
import { exportContent } from '../../../src/features/content/files/export-content.js';
import { buildContent } from '../../support/content-builder.js';
import { testDatabaseUri } from '../../support/test-database.js';

const uri = testDatabaseUri('commands');
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'suishen-command-'));
});

afterEach(() => nock.cleanAll());
afterAll(() => rm(root, { recursive: true }));

async function run(command: Command, args: string[], env: NodeJS.ProcessEnv = {}) {
  const lines: string[] = [];
  const terminal = { env: { MONGODB_URI: uri, ...env }, print: (line: string) => lines.push(line) };
  return { code: await explainErrors(command)(args, terminal), lines };
}

describe('content on the command line', () => {
  it('goes from files to a release, and back to the same files', async () => {
    const [from, to] = [join(root, 'from'), join(root, 'to')];
    await exportContent(buildContent(), from, 'demo');

    const first = await run(publishCommand, ['demo', '--from', from, '--note', '第一版']);
    expect(first.code).toBe(0);
    expect(first.lines.at(-1)).toMatch(/^demo 已发布第 1 版（[0-9a-f]{12}）$/);
    const again = await run(publishCommand, ['demo', '--from', from]);
    expect(again.lines.at(-1)).toMatch(/相同，没有新版本$/);
    expect(await run(contentCommand, ['export', 'demo', to])).toMatchObject({ code: 0 });
    const file = 'replies/demo/household.yaml';
    expect(await readFile(join(to, file), 'utf8')).toBe(await readFile(join(from, file), 'utf8'));
  });

  it('goes into the draft, and from there to a release', async () => {
    const folder = join(root, 'draft');
    await exportContent(buildContent(), folder, 'drafted');

    expect((await run(publishCommand, ['drafted'])).lines).toEqual(['no_draft: 还没有草稿']);
    expect(await run(contentCommand, ['import', 'drafted', folder])).toEqual({
      code: 0,
      lines: ['drafted 的草稿已保存（第 1 次）'],
    });
    // Nothing differs, so nothing is written.
    expect((await run(contentCommand, ['import', 'drafted', folder])).lines).toEqual([
      'drafted 的草稿已保存（第 1 次）',
    ]);
    await exportContent(buildContent({ settings: { name: '又' } }), folder, 'drafted');
    expect((await run(contentCommand, ['import', 'drafted', folder])).lines).toEqual([
      'drafted 的草稿已保存（第 2 次）',
    ]);
    expect((await run(publishCommand, ['drafted'])).lines[0]).toMatch(/^drafted 已发布第 1 版/);
  });

  it('stays out of the draft when the files have faults', async () => {
    const folder = join(root, 'faulty');
    await exportContent(buildContent(), folder, 'faulty');
    await writeFile(join(folder, 'menus/faulty/tree.yaml'), '[]');

    expect(await run(contentCommand, ['import', 'faulty', folder])).toEqual({
      code: 1,
      lines: ['menus/faulty/tree.yaml:1:1 错误 too_short 至少 1 项'],
    });
    expect((await run(publishCommand, ['faulty'])).code).toBe(1);
  });

  it('says that nothing has been published', async () => {
    expect(await run(contentCommand, ['export', 'nobody', root])).toEqual({
      code: 1,
      lines: ['no_release: nobody 还没有发布过内容'],
    });
  });

  it('puts up the bottom menu', async () => {
    const folder = join(root, 'menu');
    await exportContent(buildContent(), folder, 'menu');
    const platform = nock('http://platform.test');
    platform.post('/cgi-bin/stable_token').reply(200, { access_token: 'T', expires_in: 7200 });
    const create = platform
      .post('/cgi-bin/menu/create', (body) => {
        return body.button[0].sub_button[0].key === 'node:id-card' && body.button[1].key === 'reply:handoff';
      })
      .query({ access_token: 'T' })
      .reply(200, { errcode: 0, errmsg: 'ok' });
    const outcome = await run(publishCommand, ['menu', '--from', folder, '--menu'], {
      WECHAT_ACCOUNT: 'menu',
      WECHAT_APPID: 'wx0123456789abcdef',
      WECHAT_SECRET: '0123456789abcdef0123456789abcdef',
      WECHAT_TOKEN: 'token123',
      WECHAT_MESSAGE_MODE: 'plain',
      WECHAT_API_BASE: 'http://platform.test',
    });

    expect(outcome.lines.at(-1)).toBe('底部菜单已更新；手机上最多 5 分钟后看到');
    expect(create.isDone()).toBe(true);
  });

  it('says that the account of the menu is not in the settings', async () => {
    const folder = join(root, 'unknown');
    await exportContent(buildContent(), folder, 'unknown');
    const { code, lines } = await run(publishCommand, ['unknown', '--from', folder, '--menu']);

    expect(code).toBe(1);
    expect(lines.at(-1)).toMatch(/^no_account: 设置里没有公众号 unknown/);
  });
});
