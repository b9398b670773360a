import type { AccountConfig } from '../config.js';
import type { Clock } from '../core/clock.js';
import type { PaymentGateway } from '../features/orders/payment-gateway-port.js';
import type { Merchant } from './merchant.js';
import type { PayHttp } from './pay-http.js';
import { WechatPayGateway, type MerchantSource } from './wechat-pay-gateway.js';

/** A simulated WeChat Pay: `sandbox.pay`. */
export interface SimulatedPay {
  /** Makes the merchant's keys when they are first asked for. */
  sandboxMerchant(accountId: string): Promise<Omit<Merchant, 'notifyBaseUrl'>>;
}

/** WeChat Pay for the accounts that have a merchant; where the sandbox is on, it is the merchant of all. */
export function createPayments(parts: {
  /** `publicUrl`: where WeChat Pay reaches us. */
  config: { publicUrl: string };
  accounts: readonly AccountConfig[];
  /** With the address under which it reaches this process. */
  sandbox?: { pay: SimulatedPay; base: string };
  clock: Clock;
  http?: PayHttp;
}): PaymentGateway {
  const { config, accounts, sandbox, ...rest } = parts;
  const merchants = accounts.flatMap((account): MerchantSource[] => {
    const { accountId, appId, pay } = account;
    if (sandbox) {
      const open = async () => ({
        ...(await sandbox.pay.sandboxMerchant(accountId)),
        notifyBaseUrl: sandbox.base,
      });
      return [{ accountId, open }];
    }
    return pay ? [{ ...pay, accountId, appId, notifyBaseUrl: config.publicUrl }] : [];
  });
  return new WechatPayGateway({ merchants, ...rest });
}
