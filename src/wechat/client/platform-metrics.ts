import { Counter, Histogram, type Registry } from 'prom-client';

/** How calls to the platform end and how long they take. One object for all accounts of a process. */
export class PlatformMetrics {
  readonly #calls: Counter<'account' | 'endpoint' | 'outcome'>;
  readonly #seconds: Histogram<'account' | 'endpoint'>;

  constructor(registry: Registry) {
    this.#calls = new Counter({
      name: 'suishen_platform_calls_total',
      help: 'Requests to the WeChat platform by how they ended: ok, an error group, or a transport failure',
      labelNames: ['account', 'endpoint', 'outcome'],
      registers: [registry],
    });
    this.#seconds = new Histogram({
      name: 'suishen_platform_call_seconds',
      help: 'Time until the WeChat platform answered or the request failed',
      labelNames: ['account', 'endpoint'],
      buckets: [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
      registers: [registry],
    });
  }

  /** @param outcome `ok`, an ErrorGroup, or the code of a TransportError. */
  record(account: string, endpoint: string, outcome: string, durationMs: number): void {
    this.#calls.inc({ account, endpoint, outcome });
    this.#seconds.observe({ account, endpoint }, durationMs / 1_000);
  }
}
