import type { WorldAccount } from '../world.js';

/** Messages that were accepted and do not arrive all the same, as `misbehaviour.failEvery` asks. */
export class Mishaps {
  readonly #accepted = new WeakMap<WorldAccount, number>();

  /** Whether the message accepted now is one of them. */
  strike(account: WorldAccount): boolean {
    const { failEvery } = account.misbehaviour;
    if (failEvery === 0) return false;
    const accepted = (this.#accepted.get(account) ?? 0) + 1;
    this.#accepted.set(account, accepted);
    return accepted % failEvery === 0;
  }
}
