import type { z } from 'zod';
import { addDays, instantOf } from '../core/business-day.js';
import type { Clock } from '../core/clock.js';
import type {
  BillLine,
  BridgeParameters,
  GatewayRefusal,
  GatewayTrouble,
  PayableOrder,
  PaymentEvent,
  PaymentGateway,
  PaymentState,
  RefundRequest,
  RefundState,
} from '../features/orders/payment-gateway-port.js';
import { refuseCallback } from './callback-errors.js';
import type { Merchant } from './merchant.js';
import { openResource } from './open-resource.js';
import {
  billAddressSchema,
  callbackSchema,
  paidTransactionSchema,
  prepaySchema,
  refundSchema,
  transactionSchema,
} from './pay-answers.js';
import { fetchPayHttp, type PayHttp } from './pay-http.js';
import { billReadyAt } from './pay-limits.js';
import { PlatformClient, trouble } from './platform-client.js';
import { checkSignature, type Signed } from './signature-check.js';
import { parseTradeBill } from './trade-bill.js';

/** A merchant, or what makes one when it is first needed. */
export type MerchantSource = Merchant | { accountId: string; open: () => Promise<Merchant> };

export interface WechatPayGatewayParts {
  merchants: readonly MerchantSource[];
  clock: Clock;
  http?: PayHttp;
}

interface Till {
  merchant: Merchant;
  client: PlatformClient;
}

/** Old and new spellings of the platform's codes. */
const codes = {
  alreadyPaid: new Set(['ORDERPAID', 'ORDER_PAID']),
  closed: new Set(['ORDER_CLOSED', 'ORDERCLOSED']),
  noSuchOrder: new Set(['ORDER_NOT_EXIST', 'ORDERNOTEXIST', 'RESOURCE_NOT_EXISTS']),
  /** Also said of an order that is paid or closed; its state tells. */
  ambiguous: new Set(['OUT_TRADE_NO_USED', 'INVALID_REQUEST']),
  noSuchRefund: new Set(['RESOURCE_NOT_EXISTS', 'REFUNDNOTEXIST', 'REFUND_NOT_EXIST']),
  /** Ends when the merchant's account has money again, or by itself; the same refund number is used then. */
  passing: new Set(['NOT_ENOUGH', 'NOTENOUGH', 'FREQUENCY_LIMITED', 'FREQUENCY_LIMIT_EXCEED']),
  noBill: new Set(['NO_STATEMENT_EXIST']),
  billNotReady: new Set(['STATEMENT_CREATING']),
};

/** WeChat Pay v3, JSAPI, for merchants of their own (直连商户). What it answers and calls back is verified here. */
export class WechatPayGateway implements PaymentGateway {
  readonly #tills: ReadonlyMap<string, () => Promise<Till>>;
  readonly #clock: Clock;

  /** @throws Error where a key of a merchant cannot be read. */
  constructor({ merchants, clock, http = fetchPayHttp }: WechatPayGatewayParts) {
    this.#clock = clock;
    const openTill = (merchant: Merchant): Till => ({
      merchant,
      client: new PlatformClient(merchant, { http, clock }),
    });
    this.#tills = new Map(
      merchants.map((source) => [
        source.accountId,
        'open' in source ? once(async () => openTill(await source.open())) : always(openTill(source)),
      ]),
    );
  }

  isReady(accountId: string): boolean {
    return this.#tills.has(accountId);
  }

  async prepare(order: PayableOrder) {
    const { merchant, client } = await this.#tillOf(order.accountId);
    const reply = await client.call('POST', '/v3/pay/transactions/jsapi', {
      appid: merchant.appId,
      mchid: merchant.mchId,
      description: order.description,
      out_trade_no: order.orderNo,
      time_expire: toRfc3339(order.payableUntil),
      notify_url: notifyUrl(merchant),
      amount: { total: order.amountFen, currency: 'CNY' },
      payer: { openid: order.openid },
    });
    if (reply.kind === 'trouble') return reply;
    if (reply.kind === 'declined') return this.#explainDeclined(order, reply.code);
    const read = prepaySchema.safeParse(reply.body);
    return read.success
      ? { kind: 'ready' as const, prepayId: read.data.prepay_id }
      : trouble('bad_answer', 'maybe');
  }

  async sign(accountId: string, prepayId: string): Promise<BridgeParameters> {
    const { client } = await this.#tillOf(accountId);
    return client.signer.signBridge(prepayId);
  }

  async query(accountId: string, orderNo: string): Promise<PaymentState | GatewayTrouble> {
    const { merchant, client } = await this.#tillOf(accountId);
    const reply = await client.call('GET', `${orderTarget(orderNo)}?mchid=${merchant.mchId}`);
    if (reply.kind === 'trouble') return reply;
    if (reply.kind === 'declined')
      return codes.noSuchOrder.has(reply.code) ? { kind: 'unknown_order' } : trouble(reply.code, 'no');
    const read = transactionSchema.safeParse(reply.body);
    if (!read.success) return trouble('bad_answer', 'no');
    const { appid, mchid, state, ...found } = read.data;
    const isOurs = appid === merchant.appId && mchid === merchant.mchId && found.orderNo === orderNo;
    return isOurs ? state : trouble('other_order', 'no');
  }

  async close(
    accountId: string,
    orderNo: string,
  ): Promise<{ kind: 'closed' } | { kind: 'paid' } | GatewayTrouble> {
    const { merchant, client } = await this.#tillOf(accountId);
    const reply = await client.call('POST', `${orderTarget(orderNo)}/close`, { mchid: merchant.mchId });
    if (reply.kind === 'trouble') return reply;
    if (reply.kind === 'done') return { kind: 'closed' };
    if (codes.alreadyPaid.has(reply.code)) return { kind: 'paid' };
    // What the platform has never heard of cannot be paid.
    const isClosed = codes.closed.has(reply.code) || codes.noSuchOrder.has(reply.code);
    return isClosed ? { kind: 'closed' } : trouble(reply.code, 'no');
  }

  async refund(request: RefundRequest): Promise<RefundState | GatewayTrouble | GatewayRefusal> {
    const { merchant, client } = await this.#tillOf(request.accountId);
    const reply = await client.call('POST', '/v3/refund/domestic/refunds', {
      out_trade_no: request.orderNo,
      out_refund_no: request.refundNo,
      reason: request.reason,
      notify_url: notifyUrl(merchant),
      amount: { refund: request.refundFen, total: request.totalFen, currency: 'CNY' },
    });
    if (reply.kind === 'trouble') return reply;
    if (reply.kind === 'done') return readRefund(reply.body, request.refundNo);
    return codes.passing.has(reply.code)
      ? trouble(reply.code, 'no')
      : { kind: 'refused', reason: reply.code };
  }

  async queryRefund(accountId: string, refundNo: string): Promise<RefundState | GatewayTrouble> {
    const { client } = await this.#tillOf(accountId);
    const reply = await client.call('GET', `/v3/refund/domestic/refunds/${encodeURIComponent(refundNo)}`);
    if (reply.kind === 'trouble') return reply;
    if (reply.kind === 'done') return readRefund(reply.body, refundNo);
    return codes.noSuchRefund.has(reply.code) ? { kind: 'unknown_refund' } : trouble(reply.code, 'no');
  }

  async readBill(
    accountId: string,
    day: string,
  ): Promise<{ kind: 'bill'; lines: BillLine[] } | { kind: 'not_yet' } | GatewayTrouble> {
    const { merchant, client } = await this.#tillOf(accountId);
    const reply = await client.call('GET', `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`);
    if (reply.kind === 'trouble') return reply;
    if (reply.kind === 'declined') return this.#explainNoBill(day, reply.code);
    const address = billAddressSchema.safeParse(reply.body);
    if (!address.success) return trouble('bad_answer', 'no');
    const file = await client.download(address.data.download_url, address.data.hash_value);
    if (file.kind === 'trouble') return file;
    const lines = parseTradeBill(file.text, merchant.appId);
    return lines === null ? trouble('bad_bill', 'no') : { kind: 'bill', lines };
  }

  async readCallback(accountId: string, callback: Signed): Promise<PaymentEvent> {
    if (!this.isReady(accountId)) throw refuseCallback('other_merchant');
    const { merchant, client } = await this.#tillOf(accountId);
    await checkSignature(callback, client.keys, this.#clock.now());
    const { id, create_time, event_type, resource } = parseOrRefuse(callbackSchema, callback.rawBody);
    const opened = openResource(resource, merchant.apiV3Key);
    if (event_type === 'TRANSACTION.SUCCESS') {
      const { appid, mchid, orderNo, state } = parseOrRefuse(paidTransactionSchema, opened);
      if (appid !== merchant.appId || mchid !== merchant.mchId) throw refuseCallback('other_merchant');
      return { id, createdAt: create_time, kind: 'payment', orderNo, state };
    }
    const { mchid, ...refund } = parseOrRefuse(refundSchema, opened);
    if (mchid !== merchant.mchId) throw refuseCallback('other_merchant');
    return { id, createdAt: create_time, kind: 'refund', ...refund };
  }

  async #explainDeclined(
    { accountId, orderNo }: PayableOrder,
    code: string,
  ): Promise<{ kind: 'paid' } | { kind: 'closed' } | GatewayRefusal | GatewayTrouble> {
    if (codes.alreadyPaid.has(code)) return { kind: 'paid' };
    if (codes.closed.has(code)) return { kind: 'closed' };
    if (codes.ambiguous.has(code)) {
      const state = await this.query(accountId, orderNo);
      if (state.kind === 'paid' || state.kind === 'closed') return { kind: state.kind };
    }
    return codes.passing.has(code) ? trouble(code, 'no') : { kind: 'refused', reason: code };
  }

  /** A day without trades has no bill, and neither has one that is not ready. */
  #explainNoBill(
    day: string,
    code: string,
  ): { kind: 'bill'; lines: BillLine[] } | { kind: 'not_yet' } | GatewayTrouble {
    if (codes.billNotReady.has(code)) return { kind: 'not_yet' };
    if (!codes.noBill.has(code)) return trouble(code, 'no');
    const readyAt = instantOf(addDays(day, 1), billReadyAt).getTime();
    return this.#clock.now() < readyAt ? { kind: 'not_yet' } : { kind: 'bill', lines: [] };
  }

  #tillOf(accountId: string): Promise<Till> {
    const open = this.#tills.get(accountId);
    if (!open) throw new Error(`account ${accountId} has no merchant`);
    return open();
  }
}

/** Where the platform's callbacks for a merchant arrive; the path is that of `paymentCallbackRouter`. */
export function notifyUrl({ notifyBaseUrl, accountId }: Merchant): string {
  return `${notifyBaseUrl.replace(/\/$/, '')}/pay/notify/${accountId}`;
}

function orderTarget(orderNo: string): string {
  return `/v3/pay/transactions/out-trade-no/${encodeURIComponent(orderNo)}`;
}

function readRefund(body: unknown, refundNo: string): RefundState | GatewayTrouble {
  const read = refundSchema.safeParse(body);
  return read.success && read.data.refundNo === refundNo ? read.data.state : trouble('bad_answer', 'maybe');
}

function parseOrRefuse<Output>(schema: z.ZodType<Output>, text: string): Output {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw refuseCallback('malformed_callback', error);
  }
}

/** `2026-11-23T12:00:00+08:00`, as the platform writes times; whole seconds. */
function toRfc3339(at: Date): string {
  return `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

function always<Value>(value: Value): () => Promise<Value> {
  return () => Promise.resolve(value);
}

/** One that failed is made again. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    }));
}
