import { PassThrough } from 'node:stream';
import type { Middleware } from 'koa';
import type { World } from '../world.js';

/** How often a silent stream says something, so that proxies and browsers keep it. */
const heartbeatMs = 20_000;
/** How soon a browser comes back after a break. */
const retryMs = 1000;

/** Server-sent events: every change of the world as one `data:` line of JSON. Ends when `stopping` fires. */
export function liveUpdates(world: World, stopping: AbortSignal): Middleware {
  return (ctx) => {
    const stream = new PassThrough();
    stream.write(`retry: ${retryMs}\n\n`);
    const unsubscribe = world.onUpdate((update) => stream.write(`data: ${JSON.stringify(update)}\n\n`));
    const heartbeat = setInterval(() => stream.write(': still here\n\n'), heartbeatMs);
    const end = () => stream.end();
    stopping.addEventListener('abort', end);
    stream.once('close', () => {
      unsubscribe();
      clearInterval(heartbeat);
      stopping.removeEventListener('abort', end);
    });
    ctx.set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-cache' });
    ctx.body = stream;
  };
}
