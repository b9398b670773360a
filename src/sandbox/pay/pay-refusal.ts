/** Status and words of the platform's refusals. Source: WeChat Pay, the error codes on the page of each call. */
const refusals = {
  PARAM_ERROR: [400, '参数错误'],
  INVALID_REQUEST: [400, '无效请求'],
  APPID_MCHID_NOT_MATCH: [400, 'appid和mch_id不匹配'],
  ORDERPAID: [400, '该订单已支付'],
  ORDER_CLOSED: [400, '该订单已关闭'],
  STATEMENT_CREATING: [400, '账单生成中'],
  NO_STATEMENT_EXIST: [400, '请求的账单文件不存在'],
  SIGN_ERROR: [401, '错误的签名，验签失败'],
  NO_AUTH: [403, '商户无权限'],
  NOT_ENOUGH: [403, '基本账户余额不足，请充值后重新发起'],
  OUT_TRADE_NO_USED: [403, '商户订单号重复'],
  ORDER_NOT_EXIST: [404, '订单不存在'],
  RESOURCE_NOT_EXISTS: [404, '查询的资源不存在'],
  FREQUENCY_LIMITED: [429, '频率超限'],
  SYSTEM_ERROR: [500, '系统异常，请稍后重试'],
} as const satisfies Record<string, readonly [number, string]>;

export type PayRefusalCode = keyof typeof refusals;

/** WeChat Pay says no: answered as `{ code, message, detail }` with its HTTP status. */
export class PayRefusal extends Error {
  override readonly name = 'PayRefusal';
  readonly code: PayRefusalCode;
  readonly status: number;
  /** Which field is wrong, for `PARAM_ERROR`. */
  readonly detail: object | undefined;

  constructor(code: PayRefusalCode, more: { message?: string; detail?: object } = {}) {
    const [status, message] = refusals[code];
    super(more.message ?? message);
    this.code = code;
    this.status = status;
    this.detail = more.detail;
  }
}
