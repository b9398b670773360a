import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import type { Browser } from 'playwright-core';
import request from 'supertest';
import { signIn as signInByApi } from '../../support/open-back-office.js';
import { buildMember } from '../../support/staff-builders.js';
import { startInBrowser } from '../../support/start-in-browser.js';
import type { SuishenProcess } from '../../support/suishen-process.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { Visit } from './visit.js';

const ownPassword = '梅江桥头的那棵大榕树下面';
const nextPassword = '梅江桥头的两棵大榕树下面';

let suishen: SuishenProcess;
let browser: Browser;

beforeAll(async () => {
  [suishen, browser] = await startInBrowser({ DATA_DIR: await temporaryFolder('staff') });
}, 90_000);
afterAll(async () => {
  await browser.close();
  await suishen.stop();
});

function enter(demo: string): Promise<Visit> {
  return Visit.as(browser, suishen.origin, demo);
}

async function signIn(visit: Visit, username: string, password: string): Promise<void> {
  await visit.page.getByLabel('用户名').fill(username);
  await visit.page.getByLabel('密码').fill(password);
  await visit.page.getByRole('button', { name: '登录', exact: true }).click();
}

/** Two administrators make somebody, in the console. @returns the one-time password that the second hands over. */
async function inviteByHand(username: string, name: string): Promise<string> {
  const anna = await enter('demo-administrator');
  await anna.chooseInMenu('人员');
  await anna.page.getByRole('button', { name: '邀请人员' }).click();
  const form = anna.page.getByRole('dialog', { name: '邀请人员' });
  await form.getByLabel('姓名').fill(name);
  await anna.page.keyboard.press('Escape');
  const warning = anna.page.getByRole('dialog', { name: '还没有保存' });
  await warning.getByRole('button', { name: '取消' }).click();
  await warning.waitFor({ state: 'hidden' });
  await form.getByLabel('用户名').fill(username);
  await form.getByRole('button', { name: '添一个角色' }).click();
  await form.getByLabel('理由').fill('新到岗');
  await anna.expectAccessible();
  await form.getByRole('button', { name: '提出申请' }).click();
  const own = anna.page.getByRole('list', { name: '等待批准的申请' }).getByRole('listitem').first();
  await own.getByRole('button', { name: '撤回' }).waitFor();
  expect(await own.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);
  await anna.close();

  const bert = await enter('demo-administrator-2');
  await bert.chooseInMenu('人员');
  const request = bert.page
    .getByRole('list', { name: '等待批准的申请' })
    .getByRole('listitem')
    .filter({ hasText: username });
  await request.getByText('给予：初审（编辑） · 平安梅州（示例）').waitFor();
  await bert.expectAccessible();
  await request.getByRole('button', { name: '批准', exact: true }).click();
  await bert.page
    .getByRole('dialog', { name: `批准：邀请人员（${name}）` })
    .getByRole('button', { name: '批准' })
    .click();
  const password = await bert.page.getByTestId('one-time-password').innerText();
  await bert.expectAccessible();
  await bert.page.getByRole('button', { name: '已经告诉本人，关闭' }).click();
  await bert.page.getByRole('table', { name: '人员名单' }).getByText(username).waitFor();
  expect([anna.faults, bert.faults]).toEqual([[], []]);
  await bert.close();
  return password;
}

/** The same without the console, for a test that is about something else. */
async function invite(username: string, name: string): Promise<string> {
  const http = request(suishen.origin);
  const { signIns } = (await http.get('/api/v1/demo-sign-ins')).body;
  const [anna, bert] = await Promise.all(
    ['demo-administrator', 'demo-administrator-2'].map((demo) => {
      const { password } = signIns.find((one: { username: string }) => one.username === demo);
      return signInByApi(http, buildMember({ username: demo }), { password });
    }),
  );
  const roles = [{ accountId: 'pingan-meizhou', role: 'editor' }];
  const details = { kind: 'invite', username, name, roles };
  const { body } = await anna!.post('/staff-requests', { details, reason: '新到岗' });
  return (await bert!.post(`/staff-requests/${body.id}/decision`, { verdict: 'approve' })).body
    .oneTimePassword;
}

/** Signs in with a one-time password and replaces it. */
async function begin(username: string, oneTimePassword: string): Promise<Visit> {
  const visit = await Visit.begin(browser, suishen.origin);
  await signIn(visit, username, oneTimePassword);
  await visit.page.getByRole('heading', { name: '先设置自己的密码' }).waitFor();
  await visit.page.getByLabel('当前密码').fill(oneTimePassword);
  await visit.page.getByLabel('新密码', { exact: true }).fill('123456789012');
  await visit.page.getByLabel('再输一次新密码').fill('123456789012');
  await visit.page.getByRole('button', { name: '修改密码' }).click();
  await visit.page.getByText('这个密码太常见，请换一个').waitFor();
  await visit.expectAccessible();
  await visit.page.getByLabel('新密码', { exact: true }).fill(ownPassword);
  await visit.page.getByLabel('再输一次新密码').fill(ownPassword);
  await visit.page.getByRole('button', { name: '修改密码' }).click();
  await visit.page.getByRole('navigation', { name: '主菜单' }).waitFor();
  return visit;
}

describe('two administrators', () => {
  it('invite somebody, who replaces the one-time password, and the audit trail shows it', async () => {
    const clerk = await begin('wangxm', await inviteByHand('wangxm', '王小明'));
    expect(clerk.faults).toEqual([]);
    await clerk.close();

    const auditor = await enter('demo-auditor');
    await auditor.open('pingan-meizhou/audit?scope=system&action=staff.invite');
    const row = auditor.page.getByRole('row').filter({ hasText: '人员 王小明' });
    expect(await row.innerText()).toContain('演示·管理员-2');
    await row.getByRole('button', { name: '查看' }).click();
    const event = auditor.page.getByRole('dialog', { name: /新增人员/ });
    await event.getByRole('row').filter({ hasText: '用户名' }).getByText('wangxm').waitFor();
    await auditor.expectAccessible();
    await auditor.page.keyboard.press('Escape');
    await event.waitFor({ state: 'detached' });

    await auditor.page.getByRole('button', { name: '核对完整性' }).click();
    await auditor.page
      .getByRole('alert')
      .getByText(/记录完整：共 \d+ 条/)
      .waitFor();
    const download = auditor.page.waitForEvent('download');
    await auditor.page.getByRole('link', { name: '导出表格（CSV）' }).click();
    expect((await download).suggestedFilename()).toBe('审计-system.csv');
    await auditor.expectAccessible();
    expect(auditor.faults).toEqual([]);
    await auditor.close();
  }, 90_000);
});

describe('a request', () => {
  it('is refused with a reason, which whoever asked finds among those that were decided', async () => {
    const anna = await enter('demo-administrator');
    await anna.open('pingan-meizhou/staff');
    // Typed key by key, as a clerk does: the list follows when the word is written to the end.
    await anna.page.getByLabel('姓名或用户名').pressSequentially('auditor');
    await anna.page.keyboard.press('Enter');
    await anna.page.waitForURL(/text=auditor/);
    const people = anna.page.getByRole('table', { name: '人员名单' });
    await people.getByText('demo-editor', { exact: true }).waitFor({ state: 'detached' });
    await people.getByRole('button', { name: /^更多/ }).click();
    await anna.page.getByRole('menuitem', { name: '停用' }).click();
    const form = anna.page.getByRole('dialog');
    await form.getByLabel('理由').fill('要离岗');
    await form.getByRole('button', { name: '提出申请' }).click();
    await anna.page.getByRole('button', { name: '撤回' }).waitFor();

    const bert = await enter('demo-administrator-2');
    await bert.open('pingan-meizhou/staff');
    await bert.page.getByRole('button', { name: '不批准' }).click();
    const question = bert.page.getByRole('dialog', { name: /^不批准：停用/ });
    await question.getByLabel('理由').fill('他下周才离岗');
    await bert.expectAccessible();
    await bert.page.keyboard.press('Control+Enter');
    await bert.page.getByText('没有等待批准的申请').waitFor();

    await anna.open('pingan-meizhou/staff/requests');
    await anna.page.getByRole('row').filter({ hasText: '停用' }).getByText('他下周才离岗').waitFor();
    expect([anna.faults, bert.faults]).toEqual([[], []]);
    await bert.close();
    await anna.close();
  }, 60_000);
});

describe('the own account', () => {
  it('changes the password, which ends the other sessions without losing what is typed there', async () => {
    const here = await begin('linfang', await invite('linfang', '林芳'));
    const there = await Visit.begin(browser, suishen.origin);
    await signIn(there, 'linfang', ownPassword);
    await there.chooseInMenu('我的账号');
    await there.page.getByLabel('当前密码').fill('typed before');

    await here.chooseInMenu('我的账号');
    await here.page.getByLabel('当前密码').fill(ownPassword);
    await here.page.getByLabel('新密码', { exact: true }).fill(nextPassword);
    await here.page.getByLabel('再输一次新密码').fill(nextPassword);
    await here.page.getByRole('button', { name: '修改密码' }).click();
    await here.page.getByText('其他浏览器里的登录已经退出').waitFor();
    await here.expectAccessible();

    await there.page.getByLabel('新密码', { exact: true }).fill('x');
    await there.page.getByLabel('再输一次新密码').fill('x');
    await there.page.getByRole('button', { name: '修改密码' }).click();
    const again = there.page.getByRole('dialog', { name: '登录已经过期' });
    await again.getByLabel('密码').fill(nextPassword);
    await there.expectAccessible();
    await again.getByRole('button', { name: '登录', exact: true }).click();
    await again.waitFor({ state: 'detached' });
    expect(await there.page.getByLabel('当前密码').inputValue()).toBe('typed before');
    expect([here.faults, there.faults]).toEqual([[], []]);
    await there.close();
    await here.close();
  }, 90_000);

  it('turns two-step sign-in on; from then on a code is asked for', async () => {
    const visit = await begin('chenyi', await invite('chenyi', '陈毅'));
    await visit.chooseInMenu('我的账号');
    await visit.page.getByLabel('先输入登录密码').fill(ownPassword);
    await visit.page.getByRole('button', { name: '设置两步验证' }).click();
    await visit.page.getByRole('img', { name: '给验证器扫描的二维码' }).waitFor();
    await visit.expectAccessible();
    const secret = await visit.page.locator('code').innerText();
    await visit.page.getByLabel('6 位验证码').fill(await generate({ secret }));
    await visit.page.getByRole('button', { name: '打开两步验证' }).click();
    await visit.page.getByText('已打开', { exact: true }).waitFor();

    await visit.page.getByRole('button', { name: '退出登录' }).click();
    await signIn(visit, 'chenyi', ownPassword);
    // No code is good twice; that of the next half minute is accepted already.
    const epoch = Math.floor(Date.now() / 1_000) + 30;
    await visit.page.getByLabel('验证器里的 6 位验证码').fill(await generate({ secret, epoch }));
    await visit.page.getByRole('button', { name: '登录', exact: true }).click();
    await visit.page.getByRole('navigation', { name: '主菜单' }).waitFor();
    expect(visit.faults).toEqual([]);
    await visit.close();
  }, 90_000);
});
