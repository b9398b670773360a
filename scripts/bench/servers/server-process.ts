import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { nextMessage } from '../next-message.js';

const usageSchema = z.object({
  /** Bytes. */
  rss: z.number(),
  peakRss: z.number(),
  heapUsed: z.number(),
  /** Processor time since the start. */
  cpuMs: z.number(),
});

const stallSchema = z.object({ stallMs: z.number() });

export type ServerUsage = z.output<typeof usageSchema>;

/** A server under test that listens on a port of this machine. */
export interface BenchServer {
  port: number;
  /** With `collect`, after a full garbage collection. */
  usage(options: { collect: boolean }): Promise<ServerUsage>;
  /** The longest that its event loop was held since this was asked last, in milliseconds; the first answer is 0. */
  stallMs(): Promise<number>;
  stop(): Promise<void>;
}

/** A server's process, started as its users start it but for the probe that answers `usage`. */
export class ServerProcess {
  readonly child: ChildProcess;
  #tail = '';

  /** `file` is relative to scripts/bench. @param flags of node's, as its users start it. */
  constructor(file: string, env: NodeJS.ProcessEnv, flags: readonly string[] = []) {
    this.child = fork(fileURLToPath(new URL(`../${file}`, import.meta.url)), {
      execArgv: [...flags, '--import', new URL('usage-probe.mjs', import.meta.url).href],
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const keep = (chunk: unknown): void => {
      this.#tail = `${this.#tail}${String(chunk)}`.slice(-4_000);
    };
    this.child.stdout?.on('data', keep);
    this.child.stderr?.on('data', keep);
  }

  /** The server, once `ready` tells its port. @throws Error with the process's last lines if it does not */
  async listening(ready: Promise<number>): Promise<BenchServer> {
    try {
      const port = await ready;
      return {
        port,
        usage: ({ collect }) => this.#ask({ collect }, usageSchema),
        stallMs: async () => (await this.#ask({ stall: true }, stallSchema)).stallMs,
        stop: () => this.stop(),
      };
    } catch (error) {
      await this.stop();
      throw this.#failure('did not start', error);
    }
  }

  /** Asks the process to end, and ends it after ten seconds. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const patience = new AbortController();
    const killer = delay(10_000, undefined, { signal: patience.signal }).then(
      () => child.kill('SIGKILL'),
      () => undefined,
    );
    await exited;
    patience.abort();
    await killer;
  }

  #failure(what: string, cause: unknown): Error {
    const { spawnargs, exitCode, signalCode } = this.child;
    const end = signalCode ?? exitCode ?? 'running';
    return new Error(`${spawnargs.at(-1)} ${what} (${end}):\n${this.#tail}`, { cause });
  }

  async #ask<Schema extends z.ZodType>(
    question: Record<string, boolean>,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    try {
      const answer = nextMessage(this.child);
      this.child.send(question);
      return schema.parse(await answer);
    } catch (error) {
      throw this.#failure('ended while it was measured', error);
    }
  }
}
