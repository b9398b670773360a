import { Router } from '@koa/router';
import type { Registry } from 'prom-client';

/** One thing that must work before traffic may come in. */
export interface ReadinessCheck {
  name: string;
  /** Rejects, with the reason, while it does not. */
  check: () => Promise<void>;
}

/** Traffic is wanted while it serves; once it is stopping, it finishes what it has and wants nothing new. */
export type Phase = 'starting' | 'serving' | 'stopping';

export interface OperationsOptions {
  registry: Registry;
  checks: readonly ReadinessCheck[];
  phase: () => Phase;
}

/** `/healthz`: the process runs. `/readyz`: it can answer citizens. `/metrics`: Prometheus text. */
export function operationsRouter({ registry, checks, phase }: OperationsOptions): Router {
  const router = new Router();

  router.get('/healthz', (ctx) => {
    ctx.body = { status: 'ok' };
  });

  router.get('/readyz', async (ctx) => {
    const results = await Promise.allSettled(checks.map(({ check }) => check()));
    const failing = checks.flatMap(({ name }, index) =>
      results[index]?.status === 'fulfilled' ? [] : [name],
    );
    const now = phase();
    if (now !== 'serving') failing.push(now);
    ctx.status = failing.length === 0 ? 200 : 503;
    ctx.body = { status: failing.length === 0 ? 'ready' : 'not_ready', failing };
  });

  router.get('/metrics', async (ctx) => {
    ctx.type = registry.contentType;
    ctx.body = await registry.metrics();
  });

  return router;
}
