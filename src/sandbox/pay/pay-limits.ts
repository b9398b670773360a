/**
 * What WeChat Pay v3 demands and allows, as the simulated platform enforces it. Written apart from `payments/` on
 * purpose: a wrong number there must not be confirmed by itself here.
 * Source: WeChat Pay, "JSAPI下单", "申请退款", "支付成功回调通知", "申请交易账单".
 */
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export const requestRules = {
  /** A request's timestamp may be off by so much. */
  freshnessMs: 5 * minute,
  bodyBytes: 64 * 1024,
} as const;

export const orderRules = {
  outTradeNo: /^[0-9A-Za-z_\-|*]{6,32}$/,
  descriptionCharacters: 127,
  attachCharacters: 128,
  notifyUrlCharacters: 255,
  /** Without `time_expire`. */
  payableMs: 7 * day,
  prepayLifeMs: 2 * hour,
} as const;

export const refundRules = {
  outRefundNo: /^[0-9A-Za-z_\-|*@]{1,64}$/,
  reasonCharacters: 80,
  /** From the payment. */
  withinMs: 365 * day,
  partsAtMost: 50,
  apartMs: minute,
} as const;

export const callbackRules = {
  answerDeadlineMs: 5 * second,
  /** Between the deliveries: 15 more after the first, 24 h 4 min in all. */
  pausesMs: [
    15 * second,
    15 * second,
    30 * second,
    3 * minute,
    10 * minute,
    20 * minute,
    30 * minute,
    30 * minute,
    30 * minute,
    hour,
    3 * hour,
    3 * hour,
    3 * hour,
    6 * hour,
    6 * hour,
  ],
} as const;

export const billRules = {
  /** A day's bill is there from this hour of the next day, Asia/Shanghai. */
  readyAt: '10:00',
  /** "Three months". */
  keptDays: 90,
  linkLifeMs: 5 * minute,
} as const;
