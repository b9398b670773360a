import type { AnsweredTime } from '../../../src/features/conversations/answered-reader.js';
import type { Exchange } from '../../../src/features/conversations/exchange.js';
import type { OwnChatStore } from '../../../src/features/conversations/own-chat-store.js';
import type { ExchangeStoreFake } from './exchange-store-fake.js';
import type { OutboxStoreFake } from './outbox-store-fake.js';

interface Owner {
  accountId: string;
  openid: string;
}

/** Over the journal in memory. */
export class OwnChatStoreFake implements OwnChatStore {
  readonly #journal: ExchangeStoreFake;
  readonly #outbox: OutboxStoreFake;

  constructor(journal: ExchangeStoreFake, outbox: OutboxStoreFake) {
    this.#journal = journal;
    this.#outbox = outbox;
  }

  async list(citizen: Owner, after: number, limit: number): Promise<Exchange[]> {
    return this.#of(citizen)
      .filter(({ seq }) => seq > after)
      .slice(0, limit);
  }

  async listAnswered(citizen: Owner, after: number, limit: number): Promise<AnsweredTime[]> {
    return (await this.list(citizen, after, limit)).map(({ seq, at }) => ({ seq, at }));
  }

  async findNewest(citizen: Owner): Promise<Exchange | null> {
    return this.#of(citizen).at(-1) ?? null;
  }

  async append(exchange: Exchange): Promise<boolean> {
    return (await this.#journal.appendMany([exchange]))[0] === 'appended';
  }

  async removeBefore(citizen: Owner, seq: number, limit: number): Promise<number> {
    const gone = this.#of(citizen)
      .filter((one) => one.seq < seq)
      .slice(0, limit);
    for (const one of gone) this.#journal.exchanges.splice(this.#journal.exchanges.indexOf(one), 1);
    return gone.length;
  }

  async removeOutbox({ accountId, openid }: Owner): Promise<number> {
    const { entries } = this.#outbox;
    const gone = entries.filter(
      (one) => one.accountId === accountId && one.openid === openid && one.state !== 'sending',
    );
    for (const one of gone) entries.splice(entries.indexOf(one), 1);
    return gone.length;
  }

  #of({ accountId, openid }: Owner): Exchange[] {
    return this.#journal.exchanges
      .filter((one) => one.accountId === accountId && one.openid === openid)
      .sort((a, b) => a.seq - b.seq);
  }
}
