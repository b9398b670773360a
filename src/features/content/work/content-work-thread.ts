import { Worker } from 'node:worker_threads';
import { OperationalError, describeError } from '../../../core/errors.js';
import type { Content } from '../../../dialog/content-model.js';
import type { Form } from '../../../dialog/forms/form-model.js';
import type { Fault } from '../files/fault.js';
import { thawContent, type FrozenContent } from '../items/frozen-content.js';
import type { Finding } from '../lint/finding.js';
import type { ContentWork, FileTexts } from './content-work.js';
import {
  pack,
  unpack,
  type Job,
  type Outcome,
  type Result,
  type Task,
  type ThreadData,
} from './thread-messages.js';

/** A thread holds the program a second time; staff come in spells. */
const idleMs = 60_000;

const builtEntry = new URL('./content-thread.js', import.meta.url);

/**
 * The work in a thread of its own, so that citizens are answered meanwhile. It is started when there is work, and
 * ends when there has been none for a minute.
 */
export class ContentWorkThread implements ContentWork {
  readonly #forms: readonly Form[];
  readonly #entry: URL;
  readonly #waiting = new Map<number, (result: Result) => void>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;

  /** @param entry the module that the thread runs: `content-thread.ts`, as it was built. */
  constructor(forms: readonly Form[], entry = builtEntry) {
    this.#forms = forms;
    this.#entry = entry;
  }

  async lint(frozen: FrozenContent, now: number): Promise<Finding[]> {
    const result = await this.#carryOut({ kind: 'lint', packed: pack(frozen), now });
    return result.kind === 'lint' ? result.findings : fail(result);
  }

  async parse(files: FileTexts, accountId: string): Promise<{ content: Content } | { faults: Fault[] }> {
    const result = await this.#carryOut({ kind: 'parse', files, accountId });
    if (result.kind !== 'parse') return fail(result);
    const { parsed } = result;
    if ('faults' in parsed) return parsed;
    const { lines, hash } = unpack(parsed.packed);
    return { content: await thawContent(lines, hash) };
  }

  async render(frozen: FrozenContent, accountId: string): Promise<FileTexts> {
    const result = await this.#carryOut({ kind: 'render', packed: pack(frozen), accountId });
    return result.kind === 'render' ? result.files : fail(result);
  }

  /** Ends the thread. What it was doing fails. */
  async stop(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#worker?.terminate();
  }

  #carryOut(task: Task): Promise<Result> {
    const worker = (this.#worker ??= this.#start());
    const job: Job = { ...task, id: (this.#lastId += 1) };
    return new Promise((resolve) => {
      this.#waiting.set(job.id, resolve);
      clearTimeout(this.#idle);
      worker.ref();
      worker.postMessage(job, []);
    });
  }

  #start(): Worker {
    const workerData: ThreadData = { forms: this.#forms };
    const worker = new Worker(this.#entry, { workerData });
    worker.on('message', ({ id, ...result }: Outcome) => this.#finish(id, result));
    worker.on('error', (error) => this.#lose(worker, describeError(error)));
    worker.on('exit', () => this.#lose(worker, 'the thread has ended'));
    return worker;
  }

  #finish(id: number, result: Result): void {
    this.#waiting.get(id)?.(result);
    this.#waiting.delete(id);
    if (this.#waiting.size > 0) return;
    // Without work, it does not keep the process alive.
    this.#worker?.unref();
    this.#idle = setTimeout(() => void this.#worker?.terminate(), idleMs).unref();
  }

  #lose(worker: Worker, message: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const id of this.#waiting.keys())
      this.#finish(id, { kind: 'failed', code: 'content_thread_lost', message });
  }
}

function fail(result: Result): never {
  const { code, message } =
    result.kind === 'failed'
      ? result
      : { code: 'content_work_failed', message: `an answer of ${result.kind}` };
  throw new OperationalError(code, message);
}
