import { mkdir } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { accountId, buildForm, buildGroup, citizen, day, hour } from '../../support/activity-builders.js';
import { openActivityPages, type ActivityPages } from '../../support/activity-pages.js';
import { launchBrowser } from '../../support/browser.js';
import { CitizenVisit } from './citizen-visit.js';

const viewport = { width: 390, height: 844 };
const idNumber = '11010519491231002X';

let browser: Browser;
let pages: ActivityPages;
let visit: CitizenVisit;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());
beforeEach(async () => {
  pages = await openActivityPages();
  visit = await CitizenVisit.begin(browser, pages, { nickname: '阿梅', viewport });
}, 60_000);
afterEach(async () => {
  await visit.close();
  await pages.stop();
  expect(visit.faults).toEqual([]);
});

/** For a person to look at. */
async function picture(name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await visit.page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

const button = (name: string | RegExp) => visit.page.getByRole('button', { name });
const link = (name: string | RegExp) => visit.page.getByRole('link', { name });

/** On the form: who comes, and the consent. */
async function fillAndAgree(number = idNumber): Promise<void> {
  await visit.fillPerson(number);
  await visit.page.getByRole('checkbox').check();
}

/** The only registration of the citizen, as the server knows it. */
async function mine() {
  const [one] = await pages.desk.listOf({ accountId, openid: pages.openidOf('阿梅') });
  return one!;
}

const paid = { feeFen: 100, groups: [buildGroup({ quota: 10, name: '驾驶体验' })] };

async function registerForPaid(): Promise<void> {
  await pages.publish('driving', { title: '安全驾驶体验课（示例）', place: '示例驾校', ...paid });
  await visit.open('/activities/driving/register');
  await fillAndAgree();
  await button(/去付款 ¥1.00/).click();
  await visit.sees('名额给您留着');
}

describe('a citizen who registers', () => {
  it('reads what there is to know, fills the form in, and has a ticket', async () => {
    await pages.publish('open-day', {
      title: '警营开放日（示例）',
      description: '看警车、警犬和反诈小剧场。\n请穿运动鞋。',
      groups: [
        buildGroup({ id: 'child', name: '小学组', quota: 2, condition: { minAge: 6, maxAge: 12 } }),
        buildGroup({
          id: 'adult',
          name: '成人组',
          condition: { minAge: 18, districts: ['梅江区', '梅县区'] },
        }),
      ],
      questions: [
        {
          key: 'size',
          label: '衣服',
          question: '衣服穿多大',
          type: 'choice',
          options: ['S', 'M', 'L'],
          optional: false,
        },
        {
          key: 'people',
          label: '同行',
          question: '几个人一起来',
          type: 'number',
          min: 1,
          max: 5,
          optional: false,
        },
        { key: 'born', label: '日期', question: '上次参加是哪天', type: 'date', optional: true },
        { key: 'note', label: '备注', question: '有什么要说的', type: 'text', max: 100, optional: true },
      ],
    });
    await visit.open('/activities');
    await visit.sees('警营开放日（示例）');
    expect(await visit.smallestTarget()).toBeGreaterThanOrEqual(44);
    await picture('1-list');
    await link(/警营开放日/).click();
    await visit.sees('先到先得');
    await visit.sees('6–12 岁（按活动开始那天的周岁算）');
    await picture('2-activity');
    await link(/报这个.*成人组/).click();
    await visit.sees('谁来参加');
    expect(await visit.page.getByRole('radio', { name: /成人组/ }).isChecked()).toBe(true);

    await button('提交报名').click();
    await visit.sees('请选择区县');
    await visit.sees('这一项还没有填');
    await picture('3-form-faults');
    await visit.page.getByRole('combobox', { name: '住在哪个区县' }).selectOption('梅江区');
    await visit.page.getByRole('combobox', { name: '衣服穿多大' }).selectOption('M');
    await visit.page.getByRole('textbox', { name: '几个人一起来' }).fill('9');
    await fillAndAgree('110105194912310021');
    await button('提交报名').click();
    await visit.sees('请填 1 到 5 之间的数');
    await visit.page.getByRole('textbox', { name: '几个人一起来' }).fill('2');
    await button('提交报名').click();
    await visit.sees('身份证号码不对');
    await visit.page.getByRole('textbox', { name: '身份证号' }).fill(idNumber);
    await picture('4-form');
    await button('提交报名').click();
    await visit.sees('报名成功');
    await visit.page.getByAltText('入场二维码').waitFor();
    await visit.expectUsable();
    await picture('5-ticket');
    const { state, facts } = (await pages.registrations.find(accountId, (await mine()).registrationId))!;
    expect([state, facts]).toEqual(['confirmed', { district: '梅江区' }]);

    await visit.open('/registrations');
    await visit.sees('还没去的');
    await picture('6-mine');
  });

  it('keeps what was typed when the form changes meanwhile, and is shown what is new', async () => {
    await pages.publish('open-day');
    await visit.open('/activities/open-day/register');
    await fillAndAgree();
    await pages.change('open-day', {
      formVersion: 2,
      questions: [
        { key: 'size', label: '衣服尺码', question: '衣服穿多大', type: 'text', max: 10, optional: false },
      ],
    });
    await button('提交报名').click();
    await visit.sees('报名表刚刚有变动');
    await visit.sees('新问了“衣服尺码”');
    expect(await visit.page.getByRole('textbox', { name: '身份证号' }).inputValue()).toBe(idNumber);
    await picture('7-form-changed');
    await visit.page.getByRole('textbox', { name: '衣服穿多大' }).fill('L');
    await button('提交报名').click();
    await visit.sees('报名成功');
  });

  it('waits where all places are taken, sees the line, and accepts what is offered', async () => {
    await pages.publish('open-day', { quota: 1, groups: [buildGroup({ quota: 1 })] });
    await visit.open('/activities/open-day/register');
    await fillAndAgree();
    const first = await pages.desk.register(citizen(1), buildForm(1, { activityId: 'open-day' }), false);
    await button('提交报名').click();
    await visit.sees('名额已满');
    await button('排候补').click();
    await visit.sees('下一位就是您');
    await picture('8-waiting');
    await pages.desk.cancel(citizen(1), first.registrationId);
    await visit.page.reload();
    await visit.sees('有名额了');
    await picture('9-offered');
    await button('接受这个名额').click();
    await visit.page.getByAltText('入场二维码').waitFor();
  });

  it('has the ticket where there is no network, once it was seen', async () => {
    await pages.publish('open-day');
    await visit.open('/activities/open-day/register');
    await fillAndAgree();
    await button('提交报名').click();
    await visit.page.getByAltText('入场二维码').waitFor();
    const code = await visit.page.getByTestId('ticket-code').innerText();
    await visit.open('/registrations');
    await visit.sees('还没去的');
    // The pages themselves have been fetched: only the API is out of reach.
    await link(/警营开放日/).click();
    await visit.page.getByAltText('入场二维码').waitFor();
    await button('返回').click();
    await visit.sees('还没去的');
    await visit.page.context().setOffline(true);
    await link(/警营开放日/).click();
    await visit.sees('现在没有网络');
    expect(await visit.page.getByTestId('ticket-code').innerText()).toBe(code);
    const stored = await visit.page.evaluate<string>('JSON.stringify(localStorage)');
    expect(stored).not.toContain('张');
    expect(stored).not.toContain('002X');
  });
});

describe('a citizen who pays', () => {
  const sheet = () => visit.page.frameLocator('iframe');

  it('pays in WeChat, has a ticket, and gets the exact amount back on cancelling', async () => {
    await registerForPaid();
    await visit.expectUsable();
    await picture('10-to-pay');
    await button('微信支付 ¥1.00').click();
    await sheet().getByTestId('pay-confirm').click();
    await visit.page.getByAltText('入场二维码').waitFor();
    await visit.sees('已付 ¥1.00');
    await button('取消报名').click();
    await visit.sees('取消后退还 ¥1.00');
    await picture('11-cancel');
    await button('确定').click();
    await visit.sees('报名已经取消');
    await visit.sees('正在退款');
    await picture('12-cancelled');
    expect(await mine()).toMatchObject({ state: 'cancelled', payment: 'refunding' });
  });

  it('is told what came of it on cancelling and failing, and can leave the sheet and ask', async () => {
    await registerForPaid();
    await button('微信支付 ¥1.00').click();
    await sheet().getByTestId('pay-cancel').click();
    await visit.sees('这次没有付款，名额还给您留着');
    await button('再次付款').click();
    await sheet().getByTestId('pay-fail').click();
    await visit.sees('没有付成');
    await picture('13-failed');
    await button('再次付款').click();
    await sheet().getByTestId('pay-leave').click();
    await visit.sees('付款页已经打开');
    await button('我付过了，查一下').click();
    await visit.sees('还没有查到付款');
    expect((await mine()).state).toBe('held');
  });

  it('does not believe the bridge: without money there is no ticket, and one is asked for patience', async () => {
    await registerForPaid();
    await visit.page.clock.install();
    await visit.page.route('**/sandbox/pay/bridge.js', (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: 'window.WeixinJSBridge = { invoke: (name, parameters, told) => told({ err_msg: "get_brand_wcpay_request:ok" }) };',
      }),
    );
    await button('微信支付 ¥1.00').click();
    await visit.page.getByText('正在向微信支付核对').waitFor();
    await visit.page.clock.runFor(60_000);
    for (let left = 60; left > 0 && !(await visit.page.getByText('微信说付好了').isVisible()); left -= 1)
      await visit.page.clock.runFor(5_000);
    await visit.page.getByText('微信说付好了').waitFor();
    expect(await button('再次付款').count()).toBe(0);
    expect((await mine()).state).toBe('held');
  });

  it('is told that nothing comes back where the rules give nothing, before it is done', async () => {
    await registerForPaid();
    await button('微信支付 ¥1.00').click();
    await sheet().getByTestId('pay-confirm').click();
    await visit.page.getByAltText('入场二维码').waitFor();
    // Less than a day before, nothing comes back.
    await pages.change('driving', { refundRules: [{ hoursBefore: 240, percent: 100 }] });
    await button('取消报名').click();
    await visit.sees('按退费规则，现在取消不退费');
    await button('再想想').click();
    expect((await mine()).state).toBe('confirmed');
  });
});

describe('a draw of lots', () => {
  it('is promised before, published after, and repeated by the browser', async () => {
    await pages.publish('lots', { mode: 'lots', quota: 1, groups: [buildGroup({ quota: 1 })] });
    await visit.open('/activities/lots');
    await visit.sees('报名截止以后抽签');
    await link('报名').click();
    await fillAndAgree();
    await button('提交报名').click();
    await visit.sees('待抽签');
    await picture('14-applied');
    await link('抽签怎样做到公平').click();
    await visit.sees('种子的指纹');
    for (const nth of [1, 2])
      await pages.desk.register(citizen(nth), buildForm(nth, { activityId: 'lots' }), false);
    pages.time.aheadMs += 4 * day + 2 * hour;
    await pages.draw('lots');
    await visit.page.reload();
    await visit.sees('3 个签号');
    await button('验算').click();
    await visit.sees('一致：抽签结果没有被改过');
    await picture('15-draw');
  });
});
