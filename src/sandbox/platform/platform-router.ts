import { once } from 'node:events';
import { Router, type RouterContext } from '@koa/router';
import getRawBody from 'raw-body';
import type { EndpointFault } from '../../api-types/sandbox.js';
import type { Clock } from '../../core/clock.js';
import type { World, WorldAccount } from '../world.js';
import type { PlatformApi } from './platform-api.js';
import type { PlatformRequest } from './platform-call.js';

/** Larger than any body that these calls accept. */
const bodyLimit = '1mb';

export interface PlatformRouterOptions {
  prefix: string;
  api: PlatformApi;
  world: World;
  clock: Clock;
  /** Lets go of the calls that hang. */
  stopping: AbortSignal;
}

/** The platform's API over HTTP, below `prefix`: every answer is HTTP 200, unless a fault was switched on. */
export function createPlatformRouter({ prefix, api, world, clock, stopping }: PlatformRouterOptions): Router {
  const router = new Router({ prefix });
  router.all('/{*path}', async (ctx) => {
    const request = await readRequest(ctx, prefix);
    const account = api.accountOf(request, clock.now());
    const fault = account && takeFault(account, request.path, world);
    if (!fault) {
      answer(ctx, api.handle(request, clock.now()));
    } else if (fault.kind === 'errcode') {
      answer(ctx, api.refusal(fault.errcode));
    } else if (fault.kind === 'http') {
      ctx.status = fault.status;
      ctx.body = 'sandbox: fault switched on';
    } else {
      if (fault.kind === 'cut') api.handle(request, clock.now());
      if (fault.kind === 'hang') await callerGivesUp(ctx, stopping);
      ctx.req.socket.destroy();
    }
  });
  return router;
}

async function readRequest(ctx: RouterContext, prefix: string): Promise<PlatformRequest> {
  return {
    method: ctx.method,
    path: ctx.path.slice(prefix.length),
    query: ctx.URL.searchParams,
    body: ctx.method === 'POST' ? await getRawBody(ctx.req, { encoding: 'utf8', limit: bodyLimit }) : '',
  };
}

function answer(ctx: RouterContext, body: object): void {
  // The platform says "encoding=utf-8", not "charset".
  ctx.set('Content-Type', 'application/json; encoding=utf-8');
  ctx.body = JSON.stringify(body);
}

/** The fault switched on for the next call of this endpoint, counted down. */
function takeFault(account: WorldAccount, path: string, world: World): EndpointFault['fault'] | undefined {
  const { faults } = account.misbehaviour;
  const found = faults.find(({ endpoint }) => endpoint === path);
  if (!found) return undefined;
  const rest = found.times > 1 ? [{ ...found, times: found.times - 1 }] : [];
  account.misbehaviour = {
    ...account.misbehaviour,
    faults: faults.flatMap((fault) => (fault === found ? rest : [fault])),
  };
  world.announceAccount(account);
  return found.fault;
}

async function callerGivesUp(ctx: RouterContext, stopping: AbortSignal): Promise<void> {
  await once(ctx.req.socket, 'close', { signal: stopping }).catch(() => undefined);
}
