import { Readable } from 'node:stream';
import type { Context, Next } from 'koa';
import type { z } from 'zod';
import type { Actor } from '../../core/actor.js';
import type { RateLimiter } from '../../core/rate-limiter.js';
import { tooManyAttempts } from '../../core/refusals.js';
import type { Download } from './route.js';

/** What the layers of both APIs, that for staff and that for citizens, have in common. */

export interface SenderState {
  from: Actor['from'];
}

/** A context whose state a layer reads or writes. */
type WithSender = Pick<Context, 'ip' | 'get'> & { state: SenderState };

export async function neverCached(ctx: Pick<Context, 'set'>, next: Next): Promise<void> {
  ctx.set('cache-control', 'no-store');
  await next();
}

export async function noteSender(ctx: WithSender, next: Next): Promise<void> {
  ctx.state.from = { address: addressOf(ctx.ip), agent: ctx.get('user-agent').slice(0, 300) };
  await next();
}

/** An IPv4 address that came in over an IPv6 socket is written as IPv4. */
function addressOf(ip: string): string {
  return ip.replace(/^::ffff:/, '');
}

/** Counts every request, by address. */
export function limitRate(rateLimiter: RateLimiter) {
  return async (ctx: Pick<WithSender, 'state'>, next: Next): Promise<void> => {
    const waitMs = await rateLimiter.take(ctx.state.from.address);
    if (waitMs > 0) throw tooManyAttempts(waitMs);
    await next();
  };
}

interface Answerable {
  status?: 200 | 201 | 202;
  download?: readonly [string, ...string[]];
  response?: z.ZodType;
}

/** Sends what the handler of a declared route gave: a file, what its schema lets through, or nothing. */
export function sendResult(ctx: Context, route: Answerable, result: unknown): void {
  if (route.download) {
    if (!isDownload(result)) throw new TypeError(`${ctx.method} ${ctx.path} gave no file`);
    ctx.attachment(result.filename);
    ctx.type = result.mediaType;
    ctx.body = Readable.from(result.chunks);
  } else if (route.response) {
    ctx.status = route.status ?? 200;
    ctx.body = route.response.parse(result);
  } else {
    ctx.status = 204;
  }
}

function isDownload(result: unknown): result is Download {
  return typeof result === 'object' && result !== null && 'chunks' in result;
}
