import { setTimeout as sleep } from 'node:timers/promises';
import type { CallbackRecord } from '../../api-types/sandbox.js';
import type { Clock } from '../../core/clock.js';
import type { Logger } from '../../observability/logger.js';
import type { World } from '../world.js';
import { CallbackDesk, type Pause } from './callback-desk.js';
import { makeCertifiedKey, makePayKeys, publicKeyOf } from './pay-keys.js';
import { callbackRules } from './pay-limits.js';
import { PayMerchant, mchIdOf } from './pay-merchant.js';
import type { PayOrder, PayRefund } from './pay-state.js';
import { payTexts, yuanOf } from './pay-texts.js';
import { viewRefundEvent, viewTransaction } from './pay-views.js';

export interface PayDeskOptions {
  world: World;
  clock: Clock;
  logger: Logger;
  random: () => number;
  /** The API as the product reaches it, without a slash at its end; `/v3/…` follows. */
  apiBase: (accountId: string) => string;
  stopping: AbortSignal;
  /** Default: that of timers. */
  pause?: Pause;
  /** Default: the platform's five seconds. */
  answerDeadlineMs?: number;
}

/** What a merchant gets from its pages at WeChat Pay: the product's settings. All keys are PEM. */
export interface SandboxMerchant {
  /** Stands for `https://api.mch.weixin.qq.com`. */
  apiBase: string;
  accountId: string;
  appId: string;
  mchId: string;
  /** Of the merchant's certificate: `serial_no` of its requests. */
  serialNo: string;
  privateKey: string;
  /** `apiclient_cert.pem`. */
  certificate: string;
  /** 32 characters. */
  apiV3Key: string;
  /** 微信支付公钥, `PUB_KEY_ID_…`. */
  platformPublicKey: { id: string; pem: string };
}

export type RefundEnd = 'SUCCESS' | 'CLOSED' | 'ABNORMAL';

const refundEnds = {
  succeed: 'SUCCESS',
  not_enough: 'SUCCESS',
  close: 'CLOSED',
  abnormal: 'ABNORMAL',
} as const;
const refundSummaries: Readonly<Record<RefundEnd, string>> = {
  SUCCESS: '退款成功',
  CLOSED: '退款关闭',
  ABNORMAL: '退款异常',
};
/** What the platform's certificates are issued to. */
export const platformName = 'Tenpay.com sign';
const timerPause: Pause = (ms, stopping) => sleep(ms, undefined, { signal: stopping, ref: false });

/** WeChat Pay behind its API: merchants, what citizens pay, refunds that end, and who is told. */
export class PayDesk {
  readonly #options: PayDeskOptions;
  readonly #callbacks: CallbackDesk;
  readonly #merchants = new Map<string, Promise<PayMerchant>>();
  readonly #pause: Pause;

  constructor(options: PayDeskOptions) {
    const { world, clock, logger, stopping, pause = timerPause } = options;
    this.#options = options;
    this.#pause = pause;
    this.#callbacks = new CallbackDesk({
      clock,
      logger,
      pause,
      stopping,
      answerDeadlineMs: options.answerDeadlineMs ?? callbackRules.answerDeadlineMs,
      onChange: (merchant) => world.announceAccount(merchant.account),
    });
  }

  /** Takes up what was under way when the sandbox stopped; after the world was restored. */
  async start(): Promise<void> {
    for (const { state } of this.#options.world.accounts.values()) {
      if (!state.pay) continue;
      const merchant = await this.merchantOf(state.accountId);
      this.#callbacks.resume(merchant);
      for (const refund of merchant.book.refunds) {
        if (refund.dueAt !== null) this.settleInTime(merchant, refund, refund.dueAt);
      }
    }
  }

  /**
   * The settings with which the product takes money for this account. Keys are made when they are first asked for and
   * stay the same across restarts: ask after the sandbox has started.
   */
  async sandboxMerchant(accountId: string): Promise<SandboxMerchant> {
    const { mchId, appId, serialNo, state } = await this.merchantOf(accountId);
    const { merchant, apiV3Key, publicKey } = state.keys;
    return {
      apiBase: this.#options.apiBase(accountId),
      accountId,
      appId,
      mchId,
      serialNo,
      ...merchant,
      apiV3Key,
      platformPublicKey: { id: publicKey.id, pem: publicKeyOf(publicKey.privateKey) },
    };
  }

  merchantOf(accountId: string): Promise<PayMerchant> {
    const known = this.#merchants.get(accountId) ?? this.#openMerchant(accountId);
    this.#merchants.set(accountId, known);
    return known;
  }

  /** Lets the order be paid, tells the merchant, and shows it in the chat. */
  pay(merchant: PayMerchant, order: PayOrder): void {
    merchant.book.pay(order, this.#options.clock.now());
    this.#say(merchant, order.openid, payTexts.paid(order.description, yuanOf(order.total)));
    const { outTradeNo, notifyUrl } = order;
    this.#callbacks.announce(
      merchant,
      {
        eventType: 'TRANSACTION.SUCCESS',
        summary: '支付成功',
        originalType: 'transaction',
        content: viewTransaction(order, merchant, 'SUCCESS'),
      },
      { outTradeNo, outRefundNo: null, notifyUrl },
    );
  }

  /** Ends the refund at `dueAt` as the account's conduct asks then. */
  settleInTime(merchant: PayMerchant, refund: PayRefund, dueAt: number): void {
    const { clock, stopping, logger } = this.#options;
    refund.dueAt = dueAt;
    const settle = async () => {
      const ms = dueAt - clock.now();
      if (ms > 0) await this.#pause(ms, stopping);
      const { refunds } = merchant.conduct;
      if (refunds === 'stay') refund.dueAt = null;
      else this.settleRefund(merchant, refund, refundEnds[refunds]);
    };
    settle().catch((error: unknown) => {
      if (!stopping.aborted) logger.error({ err: error }, 'sandbox refund failed');
    });
  }

  /** Ends a refund that is processed; does nothing to one that has ended. */
  settleRefund(merchant: PayMerchant, refund: PayRefund, status: RefundEnd): void {
    if (refund.status !== 'PROCESSING') return;
    Object.assign(refund, { status, settledAt: this.#options.clock.now(), dueAt: null });
    const order = merchant.book.find(refund.outTradeNo);
    if (status === 'SUCCESS')
      this.#say(merchant, order.openid, payTexts.refunded(order.description, yuanOf(refund.refund)));
    this.#options.world.announceAccount(merchant.account);
    const { outTradeNo, outRefundNo, notifyUrl } = refund;
    if (notifyUrl === null) return;
    this.#callbacks.announce(
      merchant,
      {
        eventType: `REFUND.${status}`,
        summary: refundSummaries[status],
        originalType: 'refund',
        content: viewRefundEvent(refund, merchant.mchId),
      },
      { outTradeNo, outRefundNo, notifyUrl },
    );
  }

  /** A new platform certificate, which signs from now on; the former ones stay listed. */
  async changeCertificate(accountId: string): Promise<void> {
    const merchant = await this.merchantOf(accountId);
    const certified = await makeCertifiedKey(platformName, this.#options.clock.now());
    merchant.state.keys.certificates.push(certified);
    this.#options.world.announceAccount(merchant.account);
  }

  async callbacksOf(accountId: string): Promise<readonly CallbackRecord[]> {
    return this.#callbacks.recordsOf(await this.merchantOf(accountId));
  }

  /** Resolves when no callback is on its way to a merchant. */
  settled(): Promise<void> {
    return this.#callbacks.settled();
  }

  async #openMerchant(accountId: string): Promise<PayMerchant> {
    const { world, clock, random } = this.#options;
    const account = world.accounts.get(accountId);
    if (!account) throw new Error(`the sandbox has no account ${accountId}`);
    const keys =
      account.state.pay?.keys ?? (await makePayKeys(mchIdOf(accountId), platformName, clock.now()));
    account.state.pay ??= { keys, orders: [], refunds: [], callbacks: [] };
    world.announceAccount(account);
    return new PayMerchant(account, account.state.pay, random);
  }

  #say({ account }: PayMerchant, openid: string, text: string): void {
    const citizen = account.citizens.get(openid);
    if (!citizen) return;
    this.#options.world.say(account, citizen, { from: 'platform', content: { kind: 'notice', text } });
  }
}
