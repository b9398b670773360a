import { UserError } from './errors.js';

/** There is no such thing, or it belongs to another account: from outside both look the same. */
export function notFound(): UserError {
  return new UserError('not_found', '没有找到，可能已被删除', { status: 404 });
}

/** The person may not do this. Routes keep every such refusal in the audit trail. */
export function forbidden(message = '您没有做这件事的权限'): UserError {
  return new UserError('forbidden', message, { status: 403 });
}

/** @param retryAfterMs milliseconds until the next attempt is counted anew. */
export function tooManyAttempts(retryAfterMs: number): UserError {
  const seconds = Math.ceil(retryAfterMs / 1_000);
  const wait = seconds < 60 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`;
  return new UserError('too_many_attempts', `操作太频繁，请 ${wait}后再试`, {
    status: 429,
    details: { retryAfterSeconds: seconds },
  });
}
