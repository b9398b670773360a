import { verify } from 'node:crypto';
import { Router, type RouterContext } from '@koa/router';
import {
  bridgeParametersSchema,
  paySheetAnswerSchema,
  type BridgeParameters,
  type PaySheet,
} from '../../api-types/sandbox.js';
import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import { phoneCookie } from '../authorize/authorize-router.js';
import { requireLocalNames } from '../guard.js';
import { readJson } from '../phone/phone-router.js';
import { refusalTexts } from '../sandbox-texts.js';
import type { World } from '../world.js';
import type { PayMerchant } from './pay-merchant.js';
import type { PayDesk } from './pay-desk.js';
import type { PayOrder } from './pay-state.js';
import { payTexts } from './pay-texts.js';

export interface PaySheetRouterOptions {
  prefix: string;
  world: World;
  pay: PayDesk;
  clock: Clock;
}

/** The citizen's side of WeChat Pay: what the bridge script and the pay sheet call. */
export function createPaySheetRouter({ prefix, world, pay, clock }: PaySheetRouterOptions): Router {
  const router = new Router({ prefix });
  router.use(requireLocalNames());

  router.post('/requests', async (ctx) => {
    const parameters = await readJson(ctx, bridgeParametersSchema);
    const { accountId, prepayId } = await openSheet(parameters, ctx.cookies.get(phoneCookie));
    ctx.body = { accountId, prepayId };
  });

  router.get('/:accountId/prepaid/:prepayId', async (ctx) => {
    const { merchant, order } = await findPrepaid(ctx);
    ctx.body = {
      accountId: merchant.accountId,
      prepayId: order.prepayId,
      accountName: merchant.account.name,
      payerName: merchant.account.citizens.get(order.openid)?.nickname ?? '',
      description: order.description,
      total: order.total,
      unpayable: merchant.book.whyUnpayable(order, clock.now()),
    } satisfies PaySheet;
  });

  router.post('/:accountId/prepaid/:prepayId/answer', async (ctx) => {
    const { merchant, order } = await findPrepaid(ctx);
    const { answer } = await readJson(ctx, paySheetAnswerSchema);
    if (answer === 'pay') {
      requirePayable(merchant, order);
      pay.pay(merchant, order);
    }
    ctx.body = {};
  });

  router.get('/:accountId/callbacks', async (ctx) => {
    ctx.body = { callbacks: await pay.callbacksOf(findAccountId(ctx)) };
  });

  router.post('/:accountId/certificates', async (ctx) => {
    await pay.changeCertificate(findAccountId(ctx));
    ctx.status = 201;
    ctx.body = {};
  });

  return router;

  /** What WeChat checks before its sheet slides up. @param holder whose phone it is, where that is known. */
  async function openSheet(
    parameters: BridgeParameters,
    holder: string | undefined,
  ): Promise<{ accountId: string; prepayId: string }> {
    const account = [...world.accounts.values()].find((one) => one.account.appId === parameters.appId);
    if (!account) throw refuse('wrong_app_id', payTexts.wrongAppId);
    const merchant = await pay.merchantOf(account.account.accountId);
    if (!isSignedBy(merchant, parameters)) throw refuse('bad_pay_sign', payTexts.badPaySign);
    const prepayId = parameters.package.replace(/^prepay_id=/, '');
    const order = merchant.book.findByPrepayId(prepayId);
    if (!order) throw refuse('unknown_prepay', payTexts.unknownPrepay);
    requirePayable(merchant, order);
    if (holder !== undefined && account.citizens.has(holder) && holder !== order.openid)
      throw refuse('other_payer', payTexts.otherPayer);
    return { accountId: merchant.accountId, prepayId };
  }

  function requirePayable(merchant: PayMerchant, order: PayOrder): void {
    const reason = merchant.book.whyUnpayable(order, clock.now());
    if (reason) throw refuse(`order_${reason}`, payTexts.unpayable[reason]);
  }

  function findAccountId(ctx: RouterContext): string {
    const { accountId = '' } = ctx.params;
    if (!world.accounts.has(accountId))
      throw new UserError('unknown_account', refusalTexts.unknownAccount, { status: 404 });
    return accountId;
  }

  async function findPrepaid(ctx: RouterContext): Promise<{ merchant: PayMerchant; order: PayOrder }> {
    const merchant = await pay.merchantOf(findAccountId(ctx));
    const order = merchant.book.findByPrepayId(ctx.params.prepayId ?? '');
    if (!order) throw new UserError('unknown_prepay', payTexts.unknownPrepay, { status: 404 });
    return { merchant, order };
  }
}

/** RSA with SHA256 over app id, time, nonce and package, each with a line feed. */
function isSignedBy({ publicKey }: PayMerchant, parameters: BridgeParameters): boolean {
  const { appId, timeStamp, nonceStr, package: prepaid, signType, paySign } = parameters;
  const text = `${appId}\n${timeStamp}\n${nonceStr}\n${prepaid}\n`;
  const signature = Buffer.from(paySign, 'base64');
  return signType === 'RSA' && verify('sha256', Buffer.from(text), publicKey, signature);
}

function refuse(code: string, message: string): UserError {
  return new UserError(code, message, { status: 409 });
}
