import type { DataSubject, Erased, OwnDataPart, OwnRecord } from '../compliance/own-data-part.js';
import type { AnsweredReader } from '../conversations/answered-reader.js';
import type { OwnFeedbackStore } from './own-feedback-store.js';

const batchSize = 500;

/**
 * What a citizen said about answers. Votes carry no name: only who knows when the citizen was answered finds them, so
 * they are looked for by the chat records and erased before these are.
 */
export class OwnFeedback implements OwnDataPart {
  readonly name = 'feedback';
  readonly #store: OwnFeedbackStore;
  readonly #answered: AnsweredReader;

  constructor(store: OwnFeedbackStore, answered: AnsweredReader) {
    this.#store = store;
    this.#answered = answered;
  }

  async *copy(citizen: DataSubject): AsyncIterable<OwnRecord> {
    for await (const times of this.#listTimes(citizen))
      for (const { votedAt, ...vote } of await this.#store.listVotes(citizen, times))
        yield { ...vote, votedAt: votedAt.toISOString() };
  }

  async eraseMany(citizen: DataSubject): Promise<Erased> {
    let deleted = 0;
    for await (const times of this.#listTimes(citizen))
      deleted += await this.#store.removeVotes(citizen, times);
    await this.#store.removeAsker(citizen);
    return { deleted, anonymised: 0, kept: [] };
  }

  async *#listTimes(citizen: DataSubject): AsyncIterable<Date[]> {
    let last = 0;
    for (;;) {
      const answered = await this.#answered.listAnswered(citizen, last, batchSize);
      if (answered.length > 0) yield answered.map(({ at }) => at);
      last = answered.at(-1)?.seq ?? last;
      if (answered.length < batchSize) return;
    }
  }
}
