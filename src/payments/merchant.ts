/** A merchant of WeChat Pay (商户) that takes money for one account. Its secrets are never logged. */
export interface Merchant {
  /** Our own name of the account. */
  accountId: string;
  /** Of the official account; the merchant is bound to it at the platform. */
  appId: string;
  mchId: string;
  /** Of the merchant's API certificate (商户API证书序列号). */
  serialNo: string;
  /** The merchant's private key, PEM. */
  privateKey: string;
  /** APIv3密钥, 32 bytes. */
  apiV3Key: string;
  /** 微信支付公钥; merchants since autumn 2024 have it instead of platform certificates, others during a change. */
  platformPublicKey?: { /** `PUB_KEY_ID_…` */ id: string; pem: string };
  /** Where the platform reaches `paymentCallbackRouter`: https, without a query. The account's name is appended. */
  notifyBaseUrl: string;
  /** Stands for `wechatPayBase`, without a slash at its end; only where the sandbox plays the platform. */
  apiBase?: string;
}

/** Where the platform's API is. */
export const wechatPayBase = 'https://api.mch.weixin.qq.com';
