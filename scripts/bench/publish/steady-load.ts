import { LoadClient } from '../load/load-client.js';
import type { LoadReport } from '../load/load-protocol.js';
import type { BenchAccount } from '../load/load-protocol.js';
import type { MixOptions } from '../load/message-mix.js';

export interface SteadyLoadOptions {
  account: BenchAccount;
  port: number;
  perSecond: number;
  mix: MixOptions;
}

const windowMs = 2_000;
/** The moments are random: some more than the average are built. */
const spare = 1.3;

export interface LoadCount {
  sent: number;
  acknowledged: number;
  faults: Record<string, number>;
  /** The longest wait for an answer, in milliseconds. */
  longestMs: number;
}

/** Messages at a steady rate to one node for as long as it is wanted, in windows of two seconds. */
export class SteadyLoad {
  readonly #options: SteadyLoadOptions;
  readonly #client = new LoadClient();
  #count = emptyCount();
  #running: Promise<void> = Promise.resolve();
  #wanted = false;

  constructor(options: SteadyLoadOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { account, mix } = this.#options;
    await this.#client.begin(account, mix);
    this.#wanted = true;
    this.#running = this.#run();
  }

  /** What has been sent since the start, or since this was called last. */
  takeCount(): LoadCount {
    const count = this.#count;
    this.#count = emptyCount();
    return count;
  }

  /** Once the messages under way are answered. */
  async stop(): Promise<void> {
    this.#wanted = false;
    await this.#running;
    await this.#client.stop();
  }

  async #run(): Promise<void> {
    const { port, perSecond } = this.#options;
    while (this.#wanted) {
      await this.#client.build(Math.ceil((perSecond * windowMs * spare) / 1_000));
      const report = await this.#client.run({
        port,
        connections: 32,
        expectation: 'mixed',
        warmUpMs: 0,
        measureMs: windowMs,
        perSecond,
      });
      this.#add(report);
    }
  }

  #add({ sent, acknowledged, faults, latency }: LoadReport): void {
    const count = this.#count;
    count.sent += sent;
    count.acknowledged += acknowledged;
    count.longestMs = Math.max(count.longestMs, latency.max);
    for (const [fault, times] of Object.entries(faults))
      count.faults[fault] = (count.faults[fault] ?? 0) + times;
  }
}

function emptyCount(): LoadCount {
  return { sent: 0, acknowledged: 0, faults: {}, longestMs: 0 };
}
