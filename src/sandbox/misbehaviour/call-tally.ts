import type { WorldAccount } from '../world.js';

/** By outcome: `ok`, an error code, `http 502`, or the kind of a fault of the connection. */
export type Outcomes = Record<string, number>;

/** What became of an account's calls, by path of the API. */
export class CallTally {
  readonly #counts = new WeakMap<WorldAccount, Map<string, Outcomes>>();

  note(account: WorldAccount, path: string, outcome: string): void {
    const paths = this.#counts.get(account) ?? new Map<string, Outcomes>();
    const outcomes = paths.get(path) ?? {};
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    paths.set(path, outcomes);
    this.#counts.set(account, paths);
  }

  of(account: WorldAccount): Record<string, Outcomes> {
    return Object.fromEntries(this.#counts.get(account) ?? []);
  }

  clear(account: WorldAccount): void {
    this.#counts.delete(account);
  }
}
