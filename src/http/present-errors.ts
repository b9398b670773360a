import type { Middleware } from 'koa';
import { OperationalError, UserError } from '../core/errors.js';
import type { Logger } from '../observability/logger.js';

/**
 * The one place where an error becomes a response: `{ error: { code, message, details } }`. Only what a
 * UserError says reaches the outside; everything else is logged and answered without its reason.
 */
export function presentErrors(logger: Logger): Middleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) {
        throw new UserError('not_found', '没有这个地址', { status: 404 });
      }
    } catch (error) {
      const { status, code, message, details } = presentable(error);
      if (status >= 500) logger.error({ err: error, path: ctx.path }, 'a request failed');
      ctx.status = status;
      if ('retryAfterSeconds' in details) ctx.set('retry-after', String(details.retryAfterSeconds));
      ctx.body = { error: { code, message, details } };
    }
  };
}

function presentable(error: unknown): { status: number; code: string; message: string; details: object } {
  if (error instanceof UserError) {
    return { status: error.status, code: error.code, message: error.message, details: error.details };
  }
  if (error instanceof OperationalError) {
    return { status: 503, code: error.code, message: '系统暂时不可用，请稍后再试', details: {} };
  }
  return { status: 500, code: 'internal_error', message: '系统出错了，我们已经记录', details: {} };
}
