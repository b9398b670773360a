import { describe, expect, it } from '@jest/globals';
import { Journal } from '../../../src/features/conversations/journal.js';
import { buildExchange } from '../../support/builders.js';
import { ExchangeStoreFake } from '../../support/fakes/exchange-store-fake.js';
import { OutboxStoreFake } from '../../support/fakes/outbox-store-fake.js';

/** A store whose first write arrives, but nobody ever hears of it. */
class StoreWithLostAnswer extends ExchangeStoreFake {
  #answers = false;

  override async appendMany(exchanges: Parameters<ExchangeStoreFake['appendMany']>[0]) {
    const outcomes = await super.appendMany(exchanges);
    if (this.#answers) return outcomes;
    this.#answers = true;
    return new Promise<never>(() => undefined);
  }
}

describe('the journal', () => {
  it('tries anew what never ends, and finds what the first try has written', async () => {
    const store = new StoreWithLostAnswer(new OutboxStoreFake());
    const reasons: string[] = [];
    const journal = new Journal(store, {
      patienceMs: 1_000,
      tryMs: 10,
      onRetry: (reason) => reasons.push(reason),
    });
    const exchange = buildExchange();
    expect(await journal.append(exchange, null)).toBe('duplicate');
    expect(await journal.findByKey(exchange.accountId, exchange.openid, exchange.key)).toMatchObject({
      seq: exchange.seq,
    });
    expect([store.exchanges.length, reasons]).toEqual([1, ['no outcome within 10 ms']]);
  });
});
