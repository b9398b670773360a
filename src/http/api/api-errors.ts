import { UserError } from '../../core/errors.js';

/** One thing that is wrong with a request. */
export interface FieldFault {
  /** Where: `body.roles.0.accountId`, `query.limit`, `params.staffId`. */
  path: string;
  /** The validator's name for it: `too_small`, `invalid_type`, … */
  code: string;
  /** A Chinese sentence. */
  message: string;
}

export function invalidRequest(fields: readonly FieldFault[]): UserError {
  const [first] = fields;
  const message = fields.length === 1 && first ? first.message : `有 ${fields.length} 处没有填对`;
  return new UserError('invalid_request', message, { status: 400, details: { fields } });
}

export function signInRequired(): UserError {
  return new UserError('sign_in_required', '请先登录', { status: 401 });
}

export function passwordChangeRequired(): UserError {
  return new UserError('password_change_required', '请先修改初始密码', { status: 403 });
}

/** The request did not come from our own pages, or a page is older than the sign-in. */
export function forgedRequest(): UserError {
  return new UserError('forged_request', '页面已经过期，请刷新后再试', { status: 403 });
}

export function bodyTooLarge(limitBytes: number): UserError {
  const limit = `${Math.floor(limitBytes / 1_024)} KB`;
  return new UserError('body_too_large', `内容太大，最多 ${limit}`, { status: 413, details: { limitBytes } });
}

export function jsonRequired(): UserError {
  return new UserError('json_required', '只接受 JSON（Content-Type: application/json）', { status: 415 });
}

export function malformedJson(): UserError {
  return new UserError('malformed_json', '不是正确的 JSON', { status: 400 });
}
