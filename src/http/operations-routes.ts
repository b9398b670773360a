import { Router } from '@koa/router';
import type { Registry } from 'prom-client';

/** One thing that must work before traffic may come in. */
export interface ReadinessCheck {
  name: string;
  /** Rejects, with the reason, while it does not. */
  check: () => Promise<void>;
}

export interface OperationsOptions {
  registry: Registry;
  checks: readonly ReadinessCheck[];
  /** True once the process has begun to stop: it finishes what it has and wants nothing new. */
  isStopping: () => boolean;
}

/** `/healthz`: the process runs. `/readyz`: it can answer citizens. `/metrics`: Prometheus text. */
export function operationsRouter({ registry, checks, isStopping }: OperationsOptions): Router {
  const router = new Router();

  router.get('/healthz', (ctx) => {
    ctx.body = { status: 'ok' };
  });

  router.get('/readyz', async (ctx) => {
    const results = await Promise.allSettled(checks.map(({ check }) => check()));
    const failing = checks.flatMap(({ name }, index) =>
      results[index]?.status === 'fulfilled' ? [] : [name],
    );
    if (isStopping()) failing.push('stopping');
    ctx.status = failing.length === 0 ? 200 : 503;
    ctx.body = { status: failing.length === 0 ? 'ready' : 'not_ready', failing };
  });

  router.get('/metrics', async (ctx) => {
    ctx.type = registry.contentType;
    ctx.body = await registry.metrics();
  });

  return router;
}
