import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/browser.js';
import { builtPage, openCitizenPages, type CitizenPages } from '../../support/citizen-pages.js';
import { CitizenVisit } from './citizen-visit.js';

const idNumber = '11010519491231002X';

let browser: Browser;
let pages: CitizenPages;
let visit: CitizenVisit;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  pages = await openCitizenPages();
});
afterEach(async () => {
  expect(visit.faults).toEqual([]);
  await visit.close();
  await pages.stop();
});

/** A file of the built page, as it goes over the line to a browser that takes gzip and nothing better. */
async function gzippedSize(path: string): Promise<number> {
  const file = join(builtPage, path.replace('/h5/_/', ''));
  return gzipSync(await readFile(file)).length;
}

/** From the beginning to the form. */
async function holdPlace(): Promise<void> {
  const { page } = visit;
  await page.getByRole('link', { name: /身份证/ }).click();
  // The only hall that gives it is not asked for.
  await visit.sees('哪一天去');
  await page
    .getByRole('button', { name: /余 60 个/ })
    .nth(1)
    .click();
  await visit.sees('上午');
  await page.getByRole('button', { name: /9:00–9:30/ }).click();
  await visit.sees('这个位子为您保留');
}

async function book(): Promise<void> {
  await holdPlace();
  await visit.fillPerson(idNumber);
  await visit.page.getByRole('checkbox').check();
  await visit.page.getByRole('button', { name: '确认预约' }).click();
  await visit.sees('预约成功');
}

describe('a citizen on the page', () => {
  it('is asked by the sandbox who they are, where no phone says it, and comes back to the page', async () => {
    visit = await CitizenVisit.begin(browser, pages);
    await visit.open('/appointments');
    await visit.page.getByRole('link', { name: '阿梅' }).click();
    await visit.sees('您还没有预约');
    expect(new URL(visit.page.url()).pathname).toMatch(/\/appointments$/);
  });

  it('loads less than 100 KB (gzip) before the first view, and nothing from elsewhere', async () => {
    visit = await CitizenVisit.begin(browser, pages, { nickname: '阿梅' });
    await visit.open('/');
    await visit.sees('要办什么');
    // The page is opened before and after the sign-in; the browser keeps its files from the first time.
    const own = [...new Set(visit.addresses)].filter((one) => one.startsWith(`${pages.origin}/h5/_/assets/`));
    const sizes = await Promise.all(own.map((one) => gzippedSize(new URL(one).pathname)));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(30 * 1_024);
    expect(bytes).toBeLessThan(100 * 1_024);
    expect(visit.addresses.filter((one) => !one.startsWith(pages.origin))).toEqual([]);
  });

  it('books: service, day, time, person with consent, and has a code to show', async () => {
    visit = await CitizenVisit.begin(browser, pages, { nickname: '阿梅' });
    await visit.open('/');
    await visit.sees('要办什么');
    expect(await visit.smallestTarget()).toBeGreaterThanOrEqual(44);
    await book();
    const code = await visit.page.getByTestId('check-in-code').innerText();
    expect(code).toBe(pages.desk.kept[0]!.code);
    await visit.page.getByAltText('签到二维码').waitFor();
    await visit.sees('户口簿');
    await visit.expectUsable();
    expect(pages.desk.kept).toMatchObject([{ state: 'booked', person: { phone: '13812345678' } }]);
  });

  it('is shown what is wrong beside the field, and keeps the place and what was typed', async () => {
    visit = await CitizenVisit.begin(browser, pages, { nickname: '阿梅' });
    await visit.open('/');
    await holdPlace();
    const submit = visit.page.getByRole('button', { name: '确认预约' });
    await submit.click();
    await visit.sees('请把三项都填好');
    await visit.fillPerson('110105194912310021');
    await submit.click();
    await visit.sees('请先阅读并勾选同意');
    await visit.page.getByText('个人信息说明：').click();
    await visit.sees('180 天');
    await visit.page.getByRole('checkbox').check();
    await submit.click();
    await visit.sees('身份证号码不对');
    expect(pages.desk.kept).toMatchObject([{ state: 'held' }]);
    await visit.page.getByRole('textbox', { name: '身份证号' }).fill(idNumber.toLowerCase());
    await submit.click();
    await visit.sees('预约成功');
  });

  it('comes back to a form that was left, and can give its place up', async () => {
    visit = await CitizenVisit.begin(browser, pages, { nickname: '阿梅' });
    await visit.open('/');
    await holdPlace();
    await visit.open('/');
    await visit.page.getByRole('link', { name: /还没填完/ }).click();
    await visit.sees('这个位子为您保留');
    await visit.page.getByRole('button', { name: '不约了，放开这个位子' }).click();
    await visit.page.getByRole('button', { name: '不约了', exact: true }).click();
    await visit.sees('要办什么');
    expect(pages.desk.kept).toMatchObject([{ state: 'lapsed' }]);
  });

  it('books on a phone whose clock is a day ahead', async () => {
    visit = await CitizenVisit.begin(browser, pages, { nickname: '阿梅' });
    await visit.page.clock.install({ time: Date.now() + 86_400_000 });
    await visit.open('/');
    await book();
    expect(pages.desk.kept).toMatchObject([{ state: 'booked' }]);
  });

  it('moves an appointment, which stays the same one, and cancels it', async () => {
    visit = await CitizenVisit.begin(browser, pages, { nickname: '阿梅' });
    await visit.open('/');
    await book();
    const before = pages.desk.kept[0]!.startsAt;
    await visit.page.getByRole('link', { name: '改期' }).click();
    await visit.page
      .getByRole('button', { name: /余 60 个/ })
      .nth(3)
      .click();
    await visit.page.getByRole('button', { name: /14:30–15:00/ }).click();
    await visit.sees('原来的时间会让给别人');
    await visit.page.getByRole('button', { name: '确定改期' }).click();
    await visit.sees('14:30–15:00');
    await visit.page.getByRole('heading', { name: '预约详情' }).waitFor();
    expect(pages.desk.kept).toHaveLength(1);
    expect(pages.desk.kept[0]!.startsAt).not.toEqual(before);

    await visit.page.getByRole('button', { name: '取消预约' }).click();
    await visit.page.getByRole('button', { name: '确定', exact: true }).click();
    await visit.sees('已取消');
    await visit.open('/appointments');
    await visit.sees('以前的');
  });

  it('waits for a full day, sees the place in the line, and accepts what is offered', async () => {
    visit = await CitizenVisit.begin(browser, pages, { nickname: '阿梅' });
    await visit.open('/book/id-card');
    await visit.page.getByRole('button', { name: /约满/ }).click();
    await visit.page.getByRole('link', { name: /排候补/ }).click();
    await visit.fillPerson(idNumber);
    await visit.page.getByRole('checkbox').check();
    await visit.page.getByRole('button', { name: '排候补' }).click();
    await visit.sees('下一位就是您');
    const [waiting] = pages.desk.kept;
    pages.desk.offerTo(
      waiting!.appointmentId,
      pages.desk.slots.find(({ capacity }) => capacity === 12)!.slotId,
    );
    await visit.page.reload();
    await visit.page.getByRole('button', { name: '接受这个位子' }).click();
    await visit.sees('已预约');
    expect(waiting!.state).toBe('booked');
  });

  it('is told why a closed day cannot be had', async () => {
    visit = await CitizenVisit.begin(browser, pages, { nickname: '阿梅' });
    await visit.open('/book/id-card');
    await visit.page.getByRole('button', { name: /，休/ }).click({ force: true });
    await visit.sees('这天不办理');
  });

  it('objects against a missed visit, and is told here what came of it', async () => {
    visit = await CitizenVisit.begin(browser, pages, { nickname: '阿梅' });
    await visit.open('/');
    await book();
    const [missed] = pages.desk.kept;
    missed!.state = 'missed';
    await visit.open(`/appointments/${missed!.appointmentId}`);
    await visit.page.getByLabel('说明').fill('那天高铁停运');
    await visit.page.getByRole('button', { name: '提出申诉' }).click();
    await visit.sees('申诉收到了');
    expect(pages.desk.objections).toEqual(['那天高铁停运']);
    const at = new Date(pages.clock.time);
    missed!.objection = { at, decision: { isGranted: false, reason: '车次当天正常开行', at } };
    await visit.page.reload();
    await visit.sees('没有同意：这一次仍算爽约。');
    await visit.sees('答复：车次当天正常开行');
    expect(await visit.page.getByRole('button', { name: '提出申诉' }).count()).toBe(0);
  });

  it('has a copy of the own data, and has it deleted', async () => {
    visit = await CitizenVisit.begin(browser, pages, { nickname: '阿梅' });
    await visit.open('/data');
    await visit.sees('删除我的记录');
    await visit.sees('按《网络安全法》保存半年');
    const download = visit.page.waitForEvent('download');
    await visit.page.getByRole('link', { name: '导出' }).click();
    expect((await download).suggestedFilename()).toMatch(/^my-data-.*\.json$/);
    await visit.page.getByRole('button', { name: '删除我的记录' }).click();
    await visit.page.getByRole('button', { name: '删除', exact: true }).click();
    await visit.sees('没有可以删除的记录');
    await visit.page.getByRole('link', { name: '个人信息说明' }).click();
    await visit.sees('谁在收集');
  });

  it('can do it all on a screen of 320 pixels, and by the keyboard', async () => {
    visit = await CitizenVisit.begin(browser, pages, {
      nickname: '老张',
      viewport: { width: 320, height: 568 },
    });
    await visit.open('/');
    await visit.sees('要办什么');
    await visit.page.getByRole('link', { name: /护照/ }).focus();
    await visit.page.keyboard.press('Enter');
    await visit.sees('去哪个大厅');
    await visit.page.getByRole('button', { name: '返回' }).press('Enter');
    await book();
    await visit.expectUsable();
  });

  it('puts nothing personal into an address', async () => {
    visit = await CitizenVisit.begin(browser, pages, { nickname: '阿梅' });
    await visit.open('/');
    await book();
    const openid = pages.openidOf('阿梅');
    const secrets = [openid, '12345678', '1234%205678', '1234+5678', idNumber, encodeURIComponent('张')];
    const personal = visit.addresses.filter((one) => secrets.some((secret) => one.includes(secret)));
    expect(personal).toEqual([]);
    expect(await visit.page.content()).not.toContain(openid);
  });
});
