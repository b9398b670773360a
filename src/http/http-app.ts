import Koa from 'koa';
import helmet from 'koa-helmet';
import type { Router } from '@koa/router';
import type { Logger } from '../observability/logger.js';
import { presentErrors } from './present-errors.js';

export interface HttpAppOptions {
  logger: Logger;
  routers: readonly Router[];
  /** How many proxies of ours a request passes; the address that the outermost one saw is the sender's. Default 0. */
  proxyHops?: number;
}

/** The Koa application: errors to responses, security headers, then the routers in their order. */
export function createHttpApp({ logger, routers, proxyHops = 0 }: HttpAppOptions): Koa {
  const app = new Koa({ proxy: proxyHops > 0, maxIpsCount: proxyHops });
  app.on('error', (error: unknown) => {
    if (!isDeparture(error)) logger.error({ err: error }, 'a request failed outside the middleware');
  });
  app.use(presentErrors(logger));
  for (const router of routers) app.use(router.routes());
  return app;
}

/** The other side closed the connection in the middle of an answer: a page was left, a live stream ended. */
function isDeparture(error: unknown): boolean {
  return error instanceof Error && 'code' in error && departures.has(error.code);
}

const departures = new Set<unknown>(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE']);

/** Headers for what a browser shows; the platform's calls and the probes do without. */
export function pageHeaders(): Koa.Middleware {
  return helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'https:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
  });
}
