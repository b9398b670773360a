import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { nextMessage } from '../next-message.js';
import {
  loadReplySchema,
  type BenchAccount,
  type LoadCommand,
  type LoadReply,
  type LoadReport,
} from './load-protocol.js';
import type { LoadOptions } from './load-run.js';
import type { MixOptions } from './message-mix.js';

/** The platform's own patience. */
const answerDeadlineMs = 5_000;

/** The benchmark's side of the load process. One command at a time. */
export class LoadClient {
  readonly #process: ChildProcess;

  constructor() {
    this.#process = fork(fileURLToPath(new URL('load-process.ts', import.meta.url)));
  }

  async begin(account: BenchAccount, mix: MixOptions): Promise<void> {
    const { vocabulary } = mix;
    const lists = {
      numbers: [...vocabulary.numbers],
      keywords: [...vocabulary.keywords],
      unknown: [...vocabulary.unknown],
      buttonKeys: [...vocabulary.buttonKeys],
      scenes: [...vocabulary.scenes],
    };
    await this.#ask({ command: 'mix', account, mix: { ...mix, vocabulary: lists } });
  }

  async build(count: number): Promise<void> {
    await this.#ask({ command: 'build', count });
  }

  async run(options: Omit<LoadOptions, 'answerDeadlineMs'>): Promise<LoadReport> {
    const reply = await this.#ask({ command: 'run', options: { ...options, answerDeadlineMs } });
    if (reply.reply !== 'report') throw new TypeError('the load process did not report');
    return reply.report;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.disconnect();
    await exited;
  }

  /** @throws Error with the reason when the load process failed, or died. */
  async #ask(command: LoadCommand): Promise<LoadReply> {
    const answer = nextMessage(this.#process);
    this.#process.send(command);
    const reply = loadReplySchema.parse(await answer);
    if (reply.reply === 'failed') throw new Error(`the load process failed: ${reply.reason}`);
    return reply;
  }
}
