import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { permissionsIn, type StaffRole } from '../../../src/core/permissions.js';
import type { Order } from '../../../src/features/orders/order.js';
import { day, minute } from '../../sandbox/fixture.js';
import { accountId } from '../../sandbox/pay/pay-stage.js';
import { launchBrowser } from '../../support/browser.js';
import { csrfTokenOf, openTill, sessionCookieName, type Till } from '../../support/open-till.js';
import { Visit } from './visit.js';

let browser: Browser;
let till: Till;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());
beforeEach(async () => {
  till = await openTill({ approvalAboveFen: 1_000 });
  till.conduct({ refundAfterMs: 0 });
}, 60_000);
afterEach(() => till.close());

/** Signed in as somebody with the role: who they are is told to the page here, all else is asked of the server. */
function enter(role: StaffRole): Promise<Visit> {
  const roles = [{ accountId: '*', role }];
  const permissions = permissionsIn({ roles }, accountId);
  const session = {
    staffId: role,
    username: role,
    name: role,
    roles,
    permissions,
    mustChangePassword: false,
    totp: false,
    sessionId: 's',
    csrfToken: csrfTokenOf(role),
  };
  return Visit.begin(browser, till.staffOrigin, undefined, async (context) => {
    await context.addCookies([{ name: sessionCookieName, value: role, url: till.staffOrigin }]);
    await context.route('**/api/v1/session', (route) => route.fulfill({ json: session }));
    await context.route('**/api/v1/accounts', (route) =>
      route.fulfill({ json: { accounts: [{ accountId, name: '平安梅州', permissions }] } }),
    );
  });
}

async function placePaid(amountFen: number): Promise<Order> {
  const order = await till.place(amountFen);
  await till.deliver(await till.pay(order));
  return order;
}

/** A picture to look at, where a folder is named for it. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

describe('orders in the console', () => {
  it('are found by their number, and refunded with a second person', async () => {
    await till.place(1_200);
    const order = await placePaid(3_000);
    const clerk = await enter('deskOfficer');
    await clerk.open(`${accountId}/orders`);
    await clerk.page.getByRole('cell', { name: '¥12.00' }).waitFor();
    await picture(clerk.page, 'orders');
    await clerk.page.getByLabel('单号（订单、微信支付或退款）').fill(order.orderNo);
    await clerk.page.keyboard.press('Enter');
    await clerk.page.getByRole('cell', { name: '¥12.00' }).waitFor({ state: 'detached' });
    await clerk.expectAccessible();
    await clerk.page.getByRole('link', { name: `查看 ${order.orderNo}` }).click();
    await clerk.page.getByRole('button', { name: '现在查询' }).click();
    await clerk.page.getByText('付款：已付款').waitFor();
    await clerk.page.getByRole('button', { name: '退款' }).click();
    const dialog = clerk.page.getByRole('dialog');
    await dialog.getByLabel('退多少元').fill('12.5');
    await dialog.getByText('累计退款超过 ¥10.00，要由另一个人复核后才会退').waitFor();
    await dialog.getByLabel('原因').fill('课程改期');
    await picture(clerk.page, 'refund-dialog');
    await clerk.expectAccessible();
    await dialog.getByRole('button', { name: '申请退款' }).click();
    await clerk.page.getByText('已申请，等另一个人复核').waitFor();
    await clerk.page.getByRole('cell', { name: '等人复核' }).waitFor();
    await picture(clerk.page, 'order');
    expect(clerk.faults).toEqual([]);
    await clerk.close();

    const leader = await enter('leader');
    await leader.open(`${accountId}/orders`);
    await leader.page.getByRole('link', { name: '1 笔退款等复核' }).click();
    await leader.page.getByRole('heading', { level: 1, name: '退款' }).waitFor();
    await leader.page.getByRole('button', { name: '同意退 ¥12.50', exact: true }).waitFor();
    await picture(leader.page, 'refunds');
    await leader.expectAccessible();
    await leader.page.getByRole('button', { name: '同意退 ¥12.50', exact: true }).click();
    await leader.page.getByRole('dialog').getByRole('button', { name: '同意退款' }).click();
    await leader.page.getByText('已同意，正在提交微信支付').waitFor();
    await leader.page.getByText('现在没有').waitFor();
    await till.follow();
    till.clock.advance(5 * minute);
    await till.follow();
    await leader.open(`${accountId}/orders/${order.orderId}`);
    await leader.page.getByText('¥12.50 已退到市民账户').waitFor();
    await picture(leader.page, 'order-refunded');
    await leader.expectAccessible();
    expect(leader.faults).toEqual([]);
    await leader.close();
  }, 120_000);

  it('show the money that came late and could not go back', async () => {
    till.subject.isLost = true;
    till.conduct({ refunds: 'close' });
    await placePaid(3_000);
    await till.follow();
    till.clock.advance(5 * minute);
    await till.follow();
    const leader = await enter('leader');
    await leader.open(`${accountId}/refunds?section=owed`);
    await leader.page.getByText('付款来晚了，活动没有名额').waitFor();
    await picture(leader.page, 'owed');
    await leader.expectAccessible();
    expect(leader.faults).toEqual([]);
    await leader.close();
  }, 90_000);
});

describe('the daily bills in the console', () => {
  it('list what differs, with what to do, until somebody has dealt with it', async () => {
    await placePaid(1_000);
    await placePaid(2_000);
    till.conduct({ billDifferences: ['payment_amount', 'extra_payment'] });
    till.clock.advance(day);
    await till.ask('leader', 'post', 'bills/2026-03-02/comparison');
    const leader = await enter('leader');
    await leader.open(`${accountId}/bills`);
    await leader.page.getByText('2 处不一致等处理').waitFor();
    await picture(leader.page, 'bills');
    await leader.expectAccessible();
    await leader.page.getByRole('link', { name: '查看 2026-03-02' }).click();
    await leader.page.getByText('微信收了钱，我们没有这笔订单').waitFor();
    await picture(leader.page, 'bill');
    await leader.expectAccessible();
    await leader.page
      .getByRole('button', { name: /标为已处理/ })
      .first()
      .click();
    const dialog = leader.page.getByRole('dialog');
    await dialog.getByLabel('理由').fill('已与商户平台核实');
    await dialog.getByRole('button', { name: '标为已处理' }).click();
    await leader.page.getByText('1 处等处理').waitFor();
    await leader.page.getByRole('button', { name: '重新核对' }).click();
    await leader.page.getByText('核对完，有 2 处不一致').waitFor();
    await leader.page.getByText('1 处等处理').waitFor();
    expect(leader.faults).toEqual([]);
    await leader.close();
  }, 90_000);
});
