import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AnswerCountExchangeStoreMongo } from '../../src/features/conversations/answer-count-exchange-store-mongo.js';
import type { AnswerCount } from '../../src/features/conversations/answer-count-reader.js';
import { AskedExchangeStoreMongo } from '../../src/features/conversations/asked-exchange-store-mongo.js';
import type { Exchange } from '../../src/features/conversations/exchange.js';
import { ExchangeSealer } from '../../src/features/conversations/exchange-sealer.js';
import {
  ExchangeStoreMongo,
  exchangeMigration,
} from '../../src/features/conversations/exchange-store-mongo.js';
import { committedWithinMs } from '../../src/features/conversations/unanswered-reader.js';
import { buildExchange, buildFieldCipher, textInput } from '../support/builders.js';
import { openTestDatabase, type TestDatabase } from '../support/test-database.js';

const at = new Date('2026-11-22T16:30:00Z');
/** The same moment in Shanghai. */
const day = '2026-11-23';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase([exchangeMigration]);
});
afterAll(() => database.close());

function append(...exchanges: Exchange[]): Promise<unknown> {
  return new ExchangeStoreMongo(database.connection).appendMany(exchanges);
}

describe('the counts of what was given', () => {
  it('are by node and reply and day, page by page, without what has just been written', async () => {
    const last = (reply: string, time = at) => ({
      frame: null,
      last: { reply, release: 1, at: time.getTime() },
    });
    const earlier = new Date(at.getTime() - 1);
    const given: Partial<Exchange>[] = [
      { decidedBy: { step: 'frame', node: 'birth' }, stateAfter: last('birth-guide') },
      { decidedBy: { step: 'search', node: 'birth' }, stateAfter: last('birth-guide') },
      { decidedBy: { step: 'whole', reply: 'passport' }, stateAfter: last('passport') },
      // The citizen reads on; the answer was given before.
      { decidedBy: { step: 'frame', node: 'police' }, stateAfter: last('passport', earlier) },
      { decidedBy: { step: 'fallback' } },
      {
        decidedBy: {
          step: 'several',
          node: 'birth',
          reply: 'birth-guide',
          also: [{ reply: 'passport' }, { node: 'police', reply: 'police' }],
        },
      },
      { accountId: 'another', decidedBy: { step: 'frame', node: 'birth' } },
    ];
    await append(...given.map((overrides) => buildExchange({ at, ...overrides })));

    const reader = new AnswerCountExchangeStoreMongo(database.connection);
    const now = Date.now();
    const beginning = reader.positionAt(now - 3_600_000);
    expect(await reader.countAfter(beginning, now, 100)).toEqual({ counts: [], position: null });

    const later = now + committedWithinMs + 2_000;
    const counts: AnswerCount[] = [];
    let position = beginning;
    for (;;) {
      const page = await reader.countAfter(position, later, 2);
      if (page.position === null) break;
      counts.push(...page.counts);
      position = page.position;
    }
    const sum = (accountId: string, kind: string, id: string) =>
      counts
        .filter((one) => one.accountId === accountId && one.kind === kind && one.id === id && one.day === day)
        .reduce((total, { answers }) => total + answers, 0);
    const account = 'pingan-meizhou';
    expect(sum(account, 'node', 'birth')).toBe(3);
    expect(sum(account, 'reply', 'birth-guide')).toBe(3);
    expect(sum(account, 'reply', 'passport')).toBe(2);
    expect(sum(account, 'node', 'police')).toBe(2);
    expect(sum(account, 'reply', 'police')).toBe(1);
    expect(sum('another', 'node', 'birth')).toBe(1);
    expect(counts.reduce((total, { answers }) => total + answers, 0)).toBe(12);
  });
});

describe('what a citizen had asked', () => {
  const sealer = new ExchangeSealer(buildFieldCipher());
  const findAsked = ({ accountId, openid, at }: Exchange) =>
    new AskedExchangeStoreMongo(database.connection, sealer).findAsked(accountId, openid, at);

  it('is found by the moment of the answer, sealed or not', async () => {
    const exchange = buildExchange({ decidedBy: { step: 'search', reply: 'passport' }, at });
    const input = sealer.sealInput(exchange, textInput('护照怎么办，我的号13800138000'), false);
    const other = { openid: exchange.openid, at: new Date(at.getTime() + 1), seq: 2 };
    await append(
      { ...exchange, inbound: { ...exchange.inbound, input } },
      buildExchange({ ...exchange, ...other, key: 'm:2' }),
    );
    const { expiresAt } = exchange;
    expect(await findAsked(exchange)).toEqual({ text: '护照怎么办，我的号13800138000', expiresAt });
  });

  it.each<[string, Partial<Exchange>]>([
    ['by a number', { decidedBy: { step: 'frame', node: 'birth' } }],
    ['by no words', { inbound: { input: { kind: 'click', key: 'node:birth' }, sentAt: at } }],
  ])('is nothing where the answer was reached %s', async (_how, overrides) => {
    const exchange = buildExchange({ decidedBy: { step: 'search' }, at, ...overrides });
    await append(exchange);
    expect(await findAsked(exchange)).toBeNull();
  });

  it('is nothing where the key is lost', async () => {
    const lost = new ExchangeSealer(buildFieldCipher());
    const exchange = buildExchange({ decidedBy: { step: 'search' }, at });
    const input = lost.sealInput(exchange, textInput('13800138000'), false);
    await append({ ...exchange, inbound: { ...exchange.inbound, input } });
    expect(await findAsked(exchange)).toBeNull();
  });
});
