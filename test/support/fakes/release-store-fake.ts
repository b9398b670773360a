import type { Transaction } from '../../../src/core/transaction-runner.js';
import type {
  AppendCondition,
  AppendOutcome,
  LivePointer,
  LiveWatch,
  NewRelease,
  ReleaseStore,
  StoredRelease,
} from '../../../src/features/content/release-store.js';
import { setOrRestore } from './set-or-restore.js';

/** Releases in memory. `interrupt` breaks the watches, `failNext` makes the next reading of pointers fail. */
export class ReleaseStoreFake implements ReleaseStore {
  readonly #releases = new Map<string, StoredRelease>();
  readonly #live = new Map<string, LivePointer>();
  readonly #watches = new Set<{ onChange: () => void; lose: (reason: unknown) => void }>();
  failNext = false;

  async append(tx: Transaction, release: NewRelease, condition: AppendCondition): Promise<AppendOutcome> {
    const { accountId, hash, publishedAt } = release;
    const before = this.#live.get(accountId);
    if (before && (condition === 'first' || before.hash === hash)) return { appended: false, live: before };
    const number = (before?.number ?? 0) + 1;
    const live = { accountId, number, hash, updatedAt: publishedAt };
    setOrRestore(tx, this.#releases, `${accountId} ${number}`, structuredClone({ ...release, number }));
    setOrRestore(tx, this.#live, accountId, live);
    for (const { onChange } of this.#watches) onChange();
    return { appended: true, live };
  }

  async find(accountId: string, number: number): Promise<StoredRelease | null> {
    return this.#releases.get(`${accountId} ${number}`) ?? null;
  }

  async list(accountId: string, limit: number, before = Infinity): Promise<StoredRelease[]> {
    return [...this.#releases.values()]
      .filter((release) => release.accountId === accountId && release.number < before)
      .sort((one, other) => other.number - one.number)
      .slice(0, limit);
  }

  async findLive(accountId: string): Promise<LivePointer | null> {
    return this.#live.get(accountId) ?? null;
  }

  async listLive(): Promise<LivePointer[]> {
    if (this.failNext) {
      this.failNext = false;
      throw new Error('the database is away');
    }
    return [...this.#live.values()].sort((one, other) => (one.accountId < other.accountId ? -1 : 1));
  }

  async watchLive(onChange: () => void): Promise<LiveWatch> {
    const { promise: lost, resolve: lose } = withResolvers();
    const watch = { onChange, lose };
    this.#watches.add(watch);
    const close = async () => {
      this.#watches.delete(watch);
      lose('closed');
    };
    return { lost, close };
  }

  get watches(): number {
    return this.#watches.size;
  }

  interrupt(): void {
    for (const watch of this.#watches) watch.lose('interrupted');
    this.#watches.clear();
  }
}

function withResolvers() {
  let resolve: (value: unknown) => void = () => undefined;
  const promise = new Promise<unknown>((done) => (resolve = done));
  return { promise, resolve };
}
