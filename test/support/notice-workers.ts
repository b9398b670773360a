import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WechatAccount } from '../../src/wechat/account.js';

export interface NoticeWorkerSetup {
  mongodbUri: string;
  apiBase: string;
  account: WechatAccount;
  /** Rows under way at the same time. */
  concurrency: number;
  leaseMs: number;
}

/** Workers of notices in processes of their own, to be killed. */
export class NoticeWorkers {
  readonly #setup: NoticeWorkerSetup;
  readonly #running = new Set<ChildProcess>();

  constructor(setup: NoticeWorkerSetup) {
    this.#setup = setup;
  }

  /** Resolves when it is at work. */
  async start(): Promise<ChildProcess> {
    const program = fileURLToPath(new URL('notice-worker-process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', program, JSON.stringify(this.#setup)], {
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#running.add(child);
    await once(child.stdout, 'data');
    return child;
  }

  /** Without a chance to finish anything. */
  async kill(child: ChildProcess): Promise<void> {
    this.#running.delete(child);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.#running].map((child) => this.kill(child)));
  }
}
