import type { CitizenState } from './account-state.js';

/** As many as a page can show and a person can tell apart. */
const atMost = 100;

/**
 * The citizens whose phones were used last. Only these are shown on the page and have their chats kept: an account
 * of a hundred thousand followers must neither fill the memory nor the page.
 */
export class PhonesAtHand {
  readonly #lastUse = new Map<CitizenState, number>();
  #uses = 0;

  /** Takes up those who have a chat, then the first others, in their order. */
  constructor(citizens: readonly CitizenState[]) {
    const chatting = citizens.filter(({ chat }) => chat.length > 0).slice(-atMost);
    const silent = citizens.filter(({ chat }) => chat.length === 0).slice(0, atMost - chatting.length);
    const chosen = new Set([...chatting, ...silent]);
    for (const citizen of citizens) if (chosen.has(citizen)) this.use(citizen);
  }

  /** The phone unused for longest makes room and forgets its chat. Whether the citizen was not at hand before. */
  use(citizen: CitizenState): boolean {
    const isNew = !this.#lastUse.has(citizen);
    if (isNew && this.#lastUse.size >= atMost) this.#putAway();
    this.#uses += 1;
    this.#lastUse.set(citizen, this.#uses);
    return isNew;
  }

  has(citizen: CitizenState): boolean {
    return this.#lastUse.has(citizen);
  }

  /** In the order in which they came. */
  list(): CitizenState[] {
    return [...this.#lastUse.keys()];
  }

  #putAway(): void {
    const [oldest] = [...this.#lastUse].reduce((one, other) => (other[1] < one[1] ? other : one));
    oldest.chat.length = 0;
    this.#lastUse.delete(oldest);
  }
}
