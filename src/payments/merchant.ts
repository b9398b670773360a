import type { PayConfig } from '../config-payments.js';

/** A merchant of WeChat Pay as one account uses it. */
export interface Merchant extends PayConfig {
  /** Our own name of the account. */
  accountId: string;
  /** Of the official account; the merchant is bound to it at the platform. */
  appId: string;
  /** Where the platform reaches `paymentCallbackRouter`: https, without a query. The account's name is appended. */
  notifyBaseUrl: string;
  /** Stands for `wechatPayBase`, without a slash at its end; only where the sandbox plays the platform. */
  apiBase?: string;
}

/** Where the platform's API is. */
export const wechatPayBase = 'https://api.mch.weixin.qq.com';
