import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir } from 'node:fs/promises';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { launchBrowser, openContext } from '../../support/browser.js';
import { paySignOf } from './merchant-hand.js';
import { payStage, type PayStage } from './pay-stage.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());
const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

interface Shopper extends PayStage {
  page: Page;
  sheet: FrameLocator;
  /** Asks for the payment as the merchant's page does; `answer` then holds what the page was told. */
  ask: (change?: object) => Promise<void>;
  answer: () => Promise<unknown>;
  faults: string[];
}

/** A page of the merchant's on the phone, with the bridge in place of WeChat's. */
async function shopper(): Promise<Shopper> {
  const stage = await payStage();
  const { json } = await stage.call('POST', '/v3/pay/transactions/jsapi', stage.order());
  const context = await openContext(browser, { width: 390, height: 760 });
  open.push(context);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`${stage.origin}/sandbox/#pingan-meizhou/${stage.citizen.openid}`);
  await page.getByTestId('phone').waitFor();
  await page.addScriptTag({ url: '/sandbox/pay/bridge.js' });
  const parameters = paySignOf(stage.shop, String(json.prepay_id), stage.clock.now());
  const ask: Shopper['ask'] = (change = {}) =>
    page.evaluate(
      (request) => {
        Reflect.set(globalThis, 'told', null);
        const bridge = Reflect.get(globalThis, 'WeixinJSBridge');
        bridge.invoke('getBrandWCPayRequest', request, (told: unknown) =>
          Reflect.set(globalThis, 'told', told),
        );
      },
      { ...parameters, ...change },
    );
  const answer = async () => {
    await page.waitForFunction(() => Reflect.get(globalThis, 'told') !== null);
    return page.evaluate(() => Reflect.get(globalThis, 'told'));
  };
  return { ...stage, page, sheet: page.frameLocator('iframe'), ask, answer, faults };
}

describe('the bridge script', () => {
  it('lets the pay sheet slide up over the page, and pays', async () => {
    const { sheet, ask, answer, desk, heard, read, page, faults } = await shopper();
    await ask();
    await sheet.getByTestId('pay-amount').filter({ hasText: '12.00' }).waitFor();
    if (process.env.SCREENSHOTS) {
      await mkdir(process.env.SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/pay-sheet.png` });
    }
    await sheet.getByTestId('pay-confirm').click();
    expect(await answer()).toEqual({ err_msg: 'get_brand_wcpay_request:ok' });
    expect(await page.locator('iframe').count()).toBe(0);
    await desk.settled();
    expect(heard.map(read)).toMatchObject([{ eventType: 'TRANSACTION.SUCCESS' }]);
    await page.getByText('已支付 ¥12.00').waitFor();
    expect(faults).toEqual([]);
  });

  it.each([
    ['pay-cancel', 'cancel'],
    ['pay-fail', 'fail'],
  ])('tells the page on %s', async (button, result) => {
    const { sheet, ask, answer, merchant } = await shopper();
    await ask();
    await sheet.getByTestId(button).click();
    expect(await answer()).toEqual({ err_msg: `get_brand_wcpay_request:${result}` });
    expect(merchant.book.find('ORDER-000001').payment).toBeNull();
  });

  it('tells the page nothing when the citizen walks away', async () => {
    const { sheet, ask, page } = await shopper();
    await ask();
    await sheet.getByTestId('pay-leave').click();
    await page.locator('iframe').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => Reflect.get(globalThis, 'told'))).toBeNull();
  });

  it('opens nothing for a wrong paySign', async () => {
    const { ask, answer, page } = await shopper();
    await ask({ nonceStr: 'OTHER' });
    expect(await answer()).toEqual({
      err_msg: 'get_brand_wcpay_request:fail',
      err_desc: '支付验证签名失败：paySign 不对',
    });
    expect(await page.locator('iframe').count()).toBe(0);
  });
});

describe('the phone page', () => {
  it('switches what WeChat Pay does wrong', async () => {
    const { page, account, merchant, faults } = await shopper();
    await page.setViewportSize({ width: 1200, height: 900 });
    const conduct = () => account.misbehaviour.pay;
    const until = async (reached: () => boolean) => {
      while (!reached()) await page.waitForTimeout(10);
    };
    await page.getByTestId('pay-key').selectOption('mixed');
    await until(() => conduct().key === 'mixed');
    await page.getByTestId('forge-probe').check();
    await until(() => conduct().forgeries.includes('probe'));
    await page.getByTestId('bill-extra_payment').check();
    await until(() => conduct().billDifferences.includes('extra_payment'));
    await page.getByTestId('pay-fast').check();
    await until(() => conduct().pace === 0.001);
    await page.getByTestId('pay-certificate').click();
    await until(() => merchant.state.keys.certificates.length === 2);
    if (process.env.SCREENSHOTS)
      await page.getByTestId('pay-switches').screenshot({ path: `${process.env.SCREENSHOTS}/switches.png` });
    expect(conduct()).toMatchObject({
      key: 'mixed',
      forgeries: ['probe'],
      billDifferences: ['extra_payment'],
    });
    expect(faults).toEqual([]);
  });
});
