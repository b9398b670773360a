import { setTimeout as sleep } from 'node:timers/promises';
import { Router, type RouterContext } from '@koa/router';
import getRawBody from 'raw-body';
import type { EndpointFault } from '../../api-types/sandbox.js';
import type { Clock } from '../../core/clock.js';
import type { CallConduct } from '../misbehaviour/call-conduct.js';
import type { CallTally } from '../misbehaviour/call-tally.js';
import { actsUnder, callerGivesUp } from '../platform/platform-router.js';
import type { PayRequest } from './pay-authorization.js';
import { requestRules } from './pay-limits.js';
import type { PayAnswer, PayApi } from './pay-api.js';
import { PayRefusal } from './pay-refusal.js';

export interface PayRouterOptions {
  /** Below it lies `/v3/…`. */
  prefix: string;
  api: PayApi;
  conduct: CallConduct;
  tally: CallTally;
  clock: Clock;
  /** Lets go of the calls that hang. */
  stopping: AbortSignal;
}

/** 45011, the rate that is not announced, has a code of its own here. */
const tooFast = 45011;

/** WeChat Pay's API over HTTP. Faults that are switched on for an endpoint strike before anything is checked. */
export function createPayRouter({ prefix, api, conduct, tally, clock, stopping }: PayRouterOptions): Router {
  const router = new Router({ prefix });
  router.all('/v3/{*path}', async (ctx) => {
    const request = await readRequest(ctx, prefix);
    const merchant = await api.claimedBy(request);
    const endpoint = api.endpointOf(request);
    const { fault, latencyMs } =
      merchant && endpoint
        ? conduct.treat(merchant.account, endpoint.path, clock.now())
        : { fault: null, latencyMs: 0 };
    const answer = actsUnder(fault) ? await api.handle(request) : null;
    if (merchant && endpoint) tally.note(merchant.account, endpoint.path, outcomeOf(fault, answer));
    if (latencyMs > 0) await sleep(latencyMs, undefined, { signal: stopping }).catch(() => undefined);
    if (fault?.kind === 'errcode') {
      const code = fault.errcode === tooFast ? 'FREQUENCY_LIMITED' : 'SYSTEM_ERROR';
      send(ctx, api.refuse(request, new PayRefusal(code), merchant));
    } else if (fault?.kind === 'http') {
      ctx.status = fault.status;
      ctx.body = 'sandbox: fault switched on';
    } else if (fault || !answer) {
      if (fault?.kind === 'hang') await callerGivesUp(ctx, stopping);
      ctx.req.socket.destroy();
    } else {
      send(ctx, answer);
    }
  });
  return router;
}

function outcomeOf(fault: EndpointFault['fault'] | null, answer: PayAnswer | null): string {
  if (fault?.kind === 'http') return `http ${fault.status}`;
  return fault?.kind === 'errcode' ? String(fault.errcode) : (fault?.kind ?? answer?.outcome ?? 'ok');
}

async function readRequest(ctx: RouterContext, prefix: string): Promise<PayRequest> {
  return {
    method: ctx.method,
    path: ctx.path.slice(prefix.length),
    fullPath: ctx.path,
    search: ctx.search,
    rawBody: await getRawBody(ctx.req, { encoding: 'utf8', limit: requestRules.bodyBytes }),
    headers: Object.fromEntries(
      Object.entries(ctx.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join() : value]),
    ),
  };
}

function send(ctx: RouterContext, { status, headers, body }: PayAnswer): void {
  ctx.status = status;
  ctx.set(headers);
  ctx.body = status === 204 ? null : body;
}
