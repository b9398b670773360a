import { setTimeout as sleep } from 'node:timers/promises';
import type { Form } from '../../dialog/forms/form-model.js';
import type { Release } from '../../dialog/release.js';
import type { FrozenContentStore } from './frozen-content-store.js';
import { ReleaseCompiler, type FrozenRef } from './release-compiler.js';
import type { LivePointer, LiveWatch, ReleaseStore } from './release-store.js';
import type { ReleaseWatcher } from './release-watcher.js';
import type { SubmissionStore } from './submission-store.js';

export interface LiveReleasesParts {
  store: ReleaseStore;
  contents: FrozenContentStore;
  submissions: Pick<SubmissionStore, 'listPending'>;
  watcher: ReleaseWatcher;
  /** The forms that the program offers; none if absent. */
  forms?: readonly Form[];
  /** Belt beside the change stream: how often the pointers are read anyway. */
  pollMs?: number;
  /** Pause before a change stream that broke is opened again. */
  retryMs?: number;
}

/**
 * The releases that are live, compiled and in memory: the dialog reads no database for content.
 * A change stream tells every node of a new release; what cannot be compiled never replaces what works. What waits
 * for review is compiled ahead, and the release before stays, ready for a rollback.
 */
export class LiveReleases {
  readonly #store: ReleaseStore;
  readonly #submissions: Pick<SubmissionStore, 'listPending'>;
  readonly #watcher: ReleaseWatcher;
  readonly #compiler: ReleaseCompiler;
  readonly #pollMs: number;
  readonly #retryMs: number;
  readonly #current = new Map<string, Release>();
  /** Hash of what was live before, by account. */
  readonly #former = new Map<string, string>();
  /** Hash of the release that was refused, by account: it is not tried again. */
  readonly #refused = new Map<string, string>();
  readonly #stopping = new AbortController();
  #watch: LiveWatch | undefined;
  #following: Promise<void> = Promise.resolve();
  #refreshing: Promise<void> | undefined;
  #stale = false;

  constructor(parts: LiveReleasesParts) {
    const { store, contents, submissions, watcher, forms = [], pollMs = 15_000, retryMs = 1_000 } = parts;
    this.#store = store;
    this.#submissions = submissions;
    this.#watcher = watcher;
    this.#compiler = new ReleaseCompiler({
      contents,
      forms,
      onPrepared: (ref, tookMs) => watcher.onPrepared(ref, tookMs),
      onInterrupted: (reason) => watcher.onInterrupted(reason),
    });
    this.#pollMs = pollMs;
    this.#retryMs = retryMs;
  }

  /** The release that answers the citizens of an account; undefined: nothing has been published. */
  current(accountId: string): Release | undefined {
    return this.#current.get(accountId);
  }

  /** Loads what is live and follows it until `stop`. Throws when the database cannot be read now. */
  async start(): Promise<void> {
    this.#watch = await this.#open();
    this.#following = Promise.all([this.#follow(this.#watch), this.#poll()]).then(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#watch?.close();
    await this.#following;
    await this.#compiler.stop();
    await this.#refreshing?.catch(() => undefined);
  }

  /** First the stream, then the pointers: nothing can fall between the two. */
  async #open(): Promise<LiveWatch> {
    const watch = await this.#store.watchLive(() => void this.#tryRefresh());
    try {
      await this.#refresh();
      return watch;
    } catch (error) {
      await watch.close();
      throw error;
    }
  }

  async #follow(first: LiveWatch): Promise<void> {
    let watch: LiveWatch | undefined = first;
    while (!this.#stopping.signal.aborted) {
      try {
        watch ??= await this.#open();
        this.#watch = watch;
        if (this.#stopping.signal.aborted) await watch.close();
        const reason = await watch.lost;
        await watch.close();
        if (!this.#stopping.signal.aborted) this.#watcher.onInterrupted(reason);
      } catch (error) {
        this.#watcher.onInterrupted(error);
      }
      watch = undefined;
      await this.#pause(this.#retryMs);
    }
  }

  async #poll(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#pause(this.#pollMs);
      if (!this.#stopping.signal.aborted) await this.#tryRefresh();
    }
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal, ref: false }).catch(() => undefined);
  }

  async #tryRefresh(): Promise<void> {
    try {
      await this.#refresh();
    } catch (error) {
      this.#watcher.onInterrupted(error);
    }
  }

  /** One pass at a time; whatever is reported during a pass causes one more. */
  #refresh(): Promise<void> {
    this.#stale = true;
    this.#refreshing ??= this.#refreshUntilFresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refreshUntilFresh(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      for (const pointer of await this.#store.listLive()) await this.#load(pointer);
      if (!this.#stale) await this.#prepare();
    }
  }

  /** What may be live next: in each account what waits for review, or else what was live before. */
  async #prepare(): Promise<void> {
    const pending = await this.#submissions.listPending();
    const reviewed = new Set(pending.map(({ accountId }) => accountId));
    const kept: FrozenRef[] = [...this.#current.values()];
    for (const [accountId, hash] of this.#former)
      if (!reviewed.has(accountId)) kept.push({ accountId, hash });
    if (!this.#stopping.signal.aborted) this.#compiler.prepare(pending, kept);
  }

  async #load(pointer: LivePointer): Promise<void> {
    const { accountId, number, hash } = pointer;
    const known = this.#current.get(accountId);
    if ((known?.number === number && known.hash === hash) || this.#refused.get(accountId) === hash) return;
    const startedAt = performance.now();
    const compiled = await this.#compiler.compile({ accountId, hash });
    if ('fault' in compiled) {
      this.#refused.set(accountId, hash);
      this.#watcher.onRefused(pointer, compiled.fault);
      return;
    }
    const release = { ...compiled.release, number };
    if (known !== undefined && known.hash !== hash) this.#former.set(accountId, known.hash);
    this.#current.set(accountId, release);
    this.#watcher.onLive(release, performance.now() - startedAt);
  }
}
