import type { Form } from '../../dialog/forms/form-model.js';
import type { Release } from '../../dialog/release.js';
import { compileGently } from './compile-gently.js';
import type { FrozenContentStore } from './frozen-content-store.js';
import { thawContent } from './items/frozen-content.js';

/** Frozen content of an account. */
export interface FrozenRef {
  accountId: string;
  hash: string;
}

/** A compiled release that has no number yet, or why the content cannot be used. */
export type Compiled = { release: Omit<Release, 'number'> } | { fault: unknown };

export interface ReleaseCompilerParts {
  contents: FrozenContentStore;
  forms: readonly Form[];
  /** A release that nobody waits for is ready; `tookMs` in milliseconds. */
  onPrepared: (ref: FrozenRef, tookMs: number) => void;
  /** The database could not be read; whoever calls `prepare` again has it tried again. */
  onInterrupted: (reason: unknown) => void;
}

/**
 * Compiles frozen content, ahead of time where it is known what may go live: it cannot change under its hash, so the
 * last approval has only a pointer to flip. Several thousand answers take seconds to compile among messages.
 */
export class ReleaseCompiler {
  readonly #parts: ReleaseCompilerParts;
  readonly #works = new Map<string, Work>();
  #awaited: readonly FrozenRef[] = [];
  #urgent = 0;
  #preparing: Promise<void> | undefined;

  constructor(parts: ReleaseCompilerParts) {
    this.#parts = parts;
  }

  /**
   * What goes live now: everything that is prepared meanwhile gives way, and is begun again by `prepare`.
   * Rejects when the database cannot be read.
   */
  async compile(ref: FrozenRef): Promise<Compiled> {
    const known = this.#works.get(keyOf(ref));
    for (const [key, work] of this.#works) if (work !== known && !work.isDone) this.#drop(key);
    this.#urgent += 1;
    try {
      return await (known ?? this.#begin(ref)).compiled;
    } finally {
      this.#urgent -= 1;
    }
  }

  /** Compiles what is `awaited`, one after another; forgets whatever is neither that nor to be `kept`. */
  prepare(awaited: readonly FrozenRef[], kept: readonly FrozenRef[]): void {
    this.#awaited = awaited;
    const named = new Set([...awaited, ...kept].map(keyOf));
    for (const key of this.#works.keys()) if (!named.has(key)) this.#drop(key);
    this.#preparing ??= this.#prepareAwaited().finally(() => {
      this.#preparing = undefined;
    });
  }

  /** Ends what is being compiled. */
  async stop(): Promise<void> {
    this.#awaited = [];
    for (const key of this.#works.keys()) this.#drop(key);
    await this.#preparing;
  }

  async #prepareAwaited(): Promise<void> {
    for (;;) {
      const next = this.#awaited.find((ref) => !this.#works.has(keyOf(ref)));
      if (next === undefined || this.#urgent > 0) return;
      const startedAt = performance.now();
      const work = this.#begin(next);
      try {
        const compiled = await work.compiled;
        if ('release' in compiled) this.#parts.onPrepared(next, performance.now() - startedAt);
      } catch (error) {
        if (work.control.signal.aborted) continue;
        this.#parts.onInterrupted(error);
        return;
      }
    }
  }

  #begin(ref: FrozenRef): Work {
    const key = keyOf(ref);
    const control = new AbortController();
    const work: Work = { compiled: this.#compile(ref, control.signal), control, isDone: false };
    this.#works.set(key, work);
    work.compiled.then(
      () => (work.isDone = true),
      () => this.#works.get(key) === work && this.#works.delete(key),
    );
    return work;
  }

  async #compile({ accountId, hash }: FrozenRef, signal: AbortSignal): Promise<Compiled> {
    const { contents, forms } = this.#parts;
    const lines = await contents.findLines(accountId, hash);
    try {
      const content = await thawContent(lines ?? [], hash);
      const { number: _none, ...release } = await compileGently(
        { accountId, number: 0, hash, content, forms },
        signal,
      );
      return { release };
    } catch (fault) {
      signal.throwIfAborted();
      return { fault };
    }
  }

  #drop(key: string): void {
    this.#works.get(key)?.control.abort();
    this.#works.delete(key);
  }
}

interface Work {
  compiled: Promise<Compiled>;
  control: AbortController;
  isDone: boolean;
}

function keyOf({ accountId, hash }: FrozenRef): string {
  return `${accountId} ${hash}`;
}
