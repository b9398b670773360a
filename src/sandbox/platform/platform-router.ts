import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Router, type RouterContext } from '@koa/router';
import { z } from 'zod';
import type { EndpointFault } from '../../api-types/sandbox.js';
import type { Clock } from '../../core/clock.js';
import type { CallConduct, CallTreatment } from '../misbehaviour/call-conduct.js';
import type { CallTally } from '../misbehaviour/call-tally.js';
import type { PlatformApi, PlatformResult } from './platform-api.js';
import type { PlatformRequest } from './platform-call.js';
import { writeJson } from './write-json.js';

/** Larger than any body that these calls accept: a picture of 10 MB and what is around it. */
const bodyLimit = 12 * 2 ** 20;

export interface PlatformRouterOptions {
  prefix: string;
  api: PlatformApi;
  conduct: CallConduct;
  tally: CallTally;
  clock: Clock;
  /** Lets go of the calls that hang. */
  stopping: AbortSignal;
}

type Fault = EndpointFault['fault'];

const goodTreatment: CallTreatment = { fault: null, latencyMs: 0 };

/** The platform's API over HTTP, below `prefix`: every answer is HTTP 200, unless a fault was switched on. */
export function createPlatformRouter(options: PlatformRouterOptions): Router {
  const { prefix, api, conduct, tally, clock, stopping } = options;
  const router = new Router({ prefix });
  router.all('/{*path}', async (ctx) => {
    const request = await readRequest(ctx, prefix);
    if (!request) {
      ctx.status = 413;
      return;
    }
    const now = clock.now();
    const account = api.accountOf(request, now);
    const { fault, latencyMs } = account ? conduct.treat(account, request.path, now) : goodTreatment;
    const result = actsUnder(fault) ? api.perform(request, now) : null;
    if (account) tally.note(account, request.path, outcomeOf(fault, result));
    if (latencyMs > 0) await sleep(latencyMs, undefined, { signal: stopping }).catch(() => undefined);
    if (fault?.kind === 'errcode') {
      answer(ctx, api.refusal(fault.errcode));
    } else if (fault?.kind === 'http') {
      ctx.status = fault.status;
      ctx.body = 'sandbox: fault switched on';
    } else if (fault || !result) {
      if (fault?.kind === 'hang') await callerGivesUp(ctx, stopping);
      ctx.req.socket.destroy();
    } else {
      if (result.reported.length > 0) await Promise.all(result.reported);
      answer(ctx, result.answer);
    }
  });
  return router;
}

/** Whether a call does what it is for, whatever its caller gets to see. */
export function actsUnder(fault: Fault | null): boolean {
  return !fault || fault.kind === 'cut' || (fault.kind === 'hang' && fault.acts === true);
}

function outcomeOf(fault: Fault | null, result: PlatformResult | null): string {
  switch (fault?.kind) {
    case 'errcode':
      return String(fault.errcode);
    case 'http':
      return `http ${fault.status}`;
    case 'hang':
    case 'cut':
    case 'drop':
      return fault.kind;
    case undefined:
      break;
  }
  const { errcode = 0 } = codeSchema.parse(result?.answer ?? {});
  return errcode === 0 ? 'ok' : String(errcode);
}

const codeSchema = z.object({ errcode: z.int().optional() });

/** undefined: the body is larger than any that is accepted. */
async function readRequest(ctx: RouterContext, prefix: string): Promise<PlatformRequest | undefined> {
  const bytes = ctx.method === 'POST' ? await readBytes(ctx.req) : Buffer.alloc(0);
  if (!bytes) return undefined;
  const contentType = ctx.get('Content-Type');
  const isUpload = contentType.startsWith('multipart/');
  return {
    method: ctx.method,
    path: ctx.path.slice(prefix.length),
    query: new URLSearchParams(ctx.querystring),
    body: isUpload ? '' : bytes.toString('utf8'),
    upload: isUpload ? { contentType, bytes } : undefined,
  };
}

function readBytes(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= bodyLimit) chunks.push(chunk);
    });
    request.once('end', () => resolve(length <= bodyLimit ? Buffer.concat(chunks) : undefined));
    request.once('error', reject);
  });
}

function answer(ctx: RouterContext, body: object): void {
  // The platform says "encoding=utf-8", not "charset".
  ctx.set('Content-Type', 'application/json; encoding=utf-8');
  ctx.body = writeJson(body);
}

/** Resolves when the caller has closed the connection, or the sandbox stops. */
export async function callerGivesUp(ctx: RouterContext, stopping: AbortSignal): Promise<void> {
  await once(ctx.req.socket, 'close', { signal: stopping }).catch(() => undefined);
}
