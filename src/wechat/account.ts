import type { AccountConfig } from '../config.js';

/** One official account as the platform knows it. */
export type WechatAccount = AccountConfig;
export type MessageMode = WechatAccount['messageMode'];
