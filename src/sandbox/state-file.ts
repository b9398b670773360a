import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeError } from '../core/errors.js';
import type { Logger } from '../observability/logger.js';
import { sandboxStateSchema, type SandboxState } from './account-state.js';

/**
 * The sandbox's memory on disk: one JSON file, replaced as a whole.
 * A file that cannot be read is set aside under another name and the sandbox starts afresh.
 */
export class StateFile {
  #waiting: AbortController | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly path: string,
    private readonly saveDelayMs: number,
    private readonly logger: Logger,
  ) {}

  async load(): Promise<SandboxState | undefined> {
    const text = await readFile(this.path, 'utf8').catch(noSuchFile);
    if (text === undefined) return undefined;
    try {
      return sandboxStateSchema.parse(JSON.parse(text));
    } catch (error) {
      const aside = `${this.path}.damaged`;
      await rename(this.path, aside);
      this.logger.warn({ aside, reason: describeError(error) }, 'sandbox state is damaged; set aside');
      return undefined;
    }
  }

  /** Writes soon; further calls until then are one write. */
  schedule(state: () => SandboxState): void {
    if (this.#waiting) return;
    const waiting = new AbortController();
    this.#waiting = waiting;
    sleep(this.saveDelayMs, undefined, { signal: waiting.signal, ref: false }).then(
      () => this.save(state()),
      () => undefined,
    );
  }

  /** Writes now, after any write that is under way. Never rejects: a full disk must not stop the chat. */
  save(state: SandboxState): Promise<void> {
    this.#waiting?.abort();
    this.#waiting = undefined;
    const text = JSON.stringify(state);
    this.#writing = this.#writing.then(() => this.#replace(text));
    return this.#writing;
  }

  async #replace(text: string): Promise<void> {
    const draft = `${this.path}.tmp`;
    try {
      await mkdir(dirname(this.path), { recursive: true });
      await writeFile(draft, text);
      await rename(draft, this.path);
    } catch (error) {
      this.logger.warn({ reason: describeError(error) }, 'sandbox state could not be saved');
    }
  }
}

function noSuchFile(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
