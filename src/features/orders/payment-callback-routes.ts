import { Router, type RouterContext } from '@koa/router';
import { Counter, type Registry } from 'prom-client';
import getRawBody from 'raw-body';
import { UserError } from '../../core/errors.js';
import type { Logger } from '../../observability/logger.js';
import type { OrderDesk } from './order-desk.js';
import type { PaymentGateway } from './payment-gateway-port.js';

export interface PaymentCallbackParts {
  gateway: Pick<PaymentGateway, 'readCallback'>;
  desk: Pick<OrderDesk, 'learn'>;
  logger: Logger;
  registry: Registry;
}

/** A callback is about two kilobytes. */
const maxBodyBytes = 64 * 1024;

/**
 * `POST /pay/notify/:account`: where WeChat Pay tells of payments and refunds. 204 once it is kept; anything else, and
 * the platform comes again (15 times within 24 hours).
 */
export function paymentCallbackRouter({ gateway, desk, logger, registry }: PaymentCallbackParts): Router {
  const callbacks = new Counter({
    name: 'suishen_payment_callbacks_total',
    help: 'Callbacks of WeChat Pay by outcome: taken, or the code of the refusal',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const router = new Router();
  router.post('/pay/notify/:account', async (ctx) => {
    const accountId = ctx.params['account'] ?? '';
    try {
      const rawBody = await readBody(ctx);
      const event = await gateway.readCallback(accountId, { headers: headersOf(ctx), rawBody });
      await desk.learn(accountId, event);
      callbacks.inc({ outcome: 'taken' });
      ctx.status = 204;
    } catch (error) {
      const { status, code, message } = presentable(error);
      callbacks.inc({ outcome: code });
      const facts = { account: accountId, code };
      if (status >= 500) logger.error({ ...facts, err: error }, 'a payment callback failed');
      else logger.warn(facts, 'payment callback refused');
      ctx.status = status;
      ctx.body = { code: 'FAIL', message };
    }
  });
  return router;
}

async function readBody(ctx: RouterContext): Promise<string> {
  return getRawBody(ctx.req, {
    limit: maxBodyBytes,
    length: ctx.req.headers['content-length'] ?? null,
    encoding: 'utf-8',
  });
}

/** A header that comes twice counts as none. */
function headersOf(ctx: RouterContext): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(ctx.req.headersDistinct).map(([name, values]) => [
      name,
      values?.length === 1 ? values[0] : undefined,
    ]),
  );
}

function presentable(error: unknown): { status: number; code: string; message: string } {
  if (error instanceof UserError) return error;
  const isBadBody = error instanceof Error && 'type' in error && 'status' in error;
  return isBadBody && error.type === 'entity.too.large'
    ? { status: 413, code: 'too_large', message: '内容过长' }
    : { status: 500, code: 'internal_error', message: '系统出错' };
}
