import { UserError } from '../core/errors.js';

/** Why a callback, or the signature under an answer, is refused; with the HTTP status. */
const refusals = {
  bad_signature: [401, '签名不对'],
  stale_callback: [401, '时间戳超出允许范围'],
  unknown_key: [401, '没有这个序列号的平台证书或公钥'],
  bad_ciphertext: [400, '密文解不开'],
  other_merchant: [403, '不是本商户或本公众号的通知'],
  malformed_callback: [400, '通知的格式不对'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

export type CallbackRefusal = keyof typeof refusals;

export function refuseCallback(code: CallbackRefusal, cause?: unknown): UserError {
  const [status, sentence] = refusals[code];
  return new UserError(code, sentence, { status, ...(cause !== undefined && { cause }) });
}
