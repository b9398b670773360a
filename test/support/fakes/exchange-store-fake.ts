import type { Exchange } from '../../../src/features/conversations/exchange.js';
import type { AppendOutcome, ExchangeStore } from '../../../src/features/conversations/exchange-store.js';
import type { Remainder } from '../../../src/features/conversations/outbox.js';
import type { OutboxStoreFake } from './outbox-store-fake.js';

/** The journal in memory; the contract test holds it to the real one. */
export class ExchangeStoreFake implements ExchangeStore {
  readonly exchanges: Exchange[] = [];
  readonly #outbox: OutboxStoreFake;

  constructor(outbox: OutboxStoreFake) {
    this.#outbox = outbox;
  }

  async findNewest(accountId: string, openid: string): Promise<Exchange | null> {
    const own = this.#of(accountId, openid);
    return own.reduce<Exchange | null>(
      (newest, one) => (newest && newest.seq > one.seq ? newest : one),
      null,
    );
  }

  async findByKey(accountId: string, openid: string, key: string): Promise<Exchange | null> {
    return this.#of(accountId, openid).find((exchange) => exchange.key === key) ?? null;
  }

  async appendMany(exchanges: readonly Exchange[]): Promise<readonly AppendOutcome[]> {
    return exchanges.map((exchange) => this.#append(exchange));
  }

  async appendWithRemainder(exchange: Exchange, remainder: Remainder): Promise<AppendOutcome> {
    const outcome = this.#append(exchange);
    if (outcome === 'appended') this.#outbox.add(remainder);
    return outcome;
  }

  #append(exchange: Exchange): AppendOutcome {
    const own = this.#of(exchange.accountId, exchange.openid);
    if (own.some(({ key, seq }) => key === exchange.key || seq === exchange.seq)) return 'duplicate';
    this.exchanges.push(structuredClone(exchange));
    return 'appended';
  }

  #of(accountId: string, openid: string): Exchange[] {
    return this.exchanges.filter((one) => one.accountId === accountId && one.openid === openid);
  }
}
