import { Registry, collectDefaultMetrics } from 'prom-client';

/**
 * The registry behind `/metrics`. Every slice registers its own metrics on it, named `suishen_…`;
 * the process's own (heap, event-loop lag, garbage collection) come with it.
 */
export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
