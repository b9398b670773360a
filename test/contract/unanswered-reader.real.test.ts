import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Exchange } from '../../src/features/conversations/exchange.js';
import { ExchangeSealer } from '../../src/features/conversations/exchange-sealer.js';
import {
  ExchangeStoreMongo,
  exchangeMigration,
} from '../../src/features/conversations/exchange-store-mongo.js';
import {
  UnansweredExchangeStoreMongo,
  unansweredMigration,
} from '../../src/features/conversations/unanswered-exchange-store-mongo.js';
import {
  committedWithinMs,
  journalBeginning,
  type UnansweredReader,
  type UnansweredStream,
} from '../../src/features/conversations/unanswered-reader.js';
import { buildExchange, buildFieldCipher, textInput } from '../support/builders.js';
import { UnansweredReaderFake } from '../support/fakes/unanswered-reader-fake.js';
import { openTestDatabase } from '../support/test-database.js';

interface Opened {
  reader: UnansweredReader;
  append: (...exchanges: Exchange[]) => Promise<void>;
}

const start = Date.parse('2026-11-22T01:00:00Z');
const muchLater = start + 86_400_000;

const closers: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closers.map((close) => close())));

describeContract('in memory', async () => {
  const reader = new UnansweredReaderFake();
  return { reader, append: async (...exchanges) => exchanges.forEach((one) => reader.add(one)) };
});

describeContract('in MongoDB', async () => {
  const { connection, close } = await openTestDatabase([exchangeMigration, unansweredMigration]);
  closers.push(close);
  const store = new ExchangeStoreMongo(connection);
  return {
    reader: new UnansweredExchangeStoreMongo(connection, new ExchangeSealer(buildFieldCipher())),
    append: async (...exchanges) => void (await store.appendMany(exchanges)),
  };
});

function describeContract(place: string, open: () => Promise<Opened>): void {
  describe(`the unanswered texts of the journal ${place}`, () => {
    let reader: UnansweredReader;
    let append: Opened['append'];
    beforeEach(async () => {
      ({ reader, append } = await open());
    });

    async function texts(stream: UnansweredStream, now = muchLater): Promise<string[]> {
      return (await reader.readAfter(stream, journalBeginning, now, 100)).texts.map(({ text }) => text);
    }

    it('are none where everything was answered', async () => {
      await append(buildExchange());
      expect(await reader.readAfter('fallback', journalBeginning, muchLater, 100)).toEqual({
        texts: [],
        position: null,
      });
    });

    it('are those that were not understood, with who said them and when', async () => {
      const exchange = fallback('鸽子归谁喂', 0);
      await append(exchange, buildExchange());
      const { texts } = await reader.readAfter('fallback', journalBeginning, muchLater, 100);
      const { accountId, openid, at, expiresAt } = exchange;
      expect(texts).toEqual([
        { accountId, openid, text: '鸽子归谁喂', at, offered: [], standing: null, expiresAt },
      ]);
    });

    it('come in order of time, page by page, each once', async () => {
      await append(fallback('三', 3), fallback('一', 1), fallback('二甲', 2), fallback('二乙', 2));
      const seen: string[] = [];
      let position = journalBeginning;
      for (;;) {
        const page = await reader.readAfter('fallback', position, muchLater, 1);
        if (page.position === null) break;
        seen.push(...page.texts.map(({ text }) => text));
        position = page.position;
      }
      expect(seen).toEqual(['一', '二甲', '二乙', '三']);
    });

    it('show only when all that went before them must have been committed', async () => {
      await append(fallback('早', 0), fallback('晚', 1));
      expect(await texts('fallback', start + committedWithinMs - 1)).toEqual([]);
      expect(await texts('fallback', start + committedWithinMs)).toEqual(['早']);
    });

    it('tell where in the menu the citizen stood, if the place had not expired', async () => {
      const menu = (until: number) => ({
        kind: 'menu' as const,
        path: ['police', 'birth'],
        shown: [],
        until,
      });
      const form = {
        kind: 'form' as const,
        form: 'leave-message',
        version: '1',
        stage: 'ask' as const,
        back: menu(start),
        until: start + 60_000,
        sealed: '',
      };
      const frames = [menu(start + 60_000), menu(start), form];
      for (const [index, frame] of frames.entries()) {
        const asked = { ...fallback(`问题${index}`, 1), seq: 2 };
        await append(buildExchange({ openid: asked.openid, seq: 1, stateAfter: { frame } }), asked);
      }
      const { texts } = await reader.readAfter('fallback', journalBeginning, muchLater, 100);
      expect(texts.map(({ text, standing }) => [text, standing]).sort()).toEqual([
        ['问题0', 'birth'],
        ['问题1', null],
        ['问题2', 'birth'],
      ]);
    });

    it('leave out what was no text', async () => {
      const picture = { kind: 'image' as const, mediaId: 'm', url: 'https://example.com/p' };
      const exchange = fallback('', 0);
      await append({ ...exchange, inbound: { ...exchange.inbound, input: picture } });
      expect(await reader.readAfter('fallback', journalBeginning, muchLater, 100)).toMatchObject({
        texts: [],
        position: { at: start },
      });
    });

    it('are those with a list from which nothing was chosen, with what was on it', async () => {
      await append(suggestion('换证'));
      const page = await reader.readAfter('suggest', journalBeginning, muchLater, 100);
      expect(page.texts).toMatchObject([
        { text: '换证', offered: [{ node: 'id-card-renew' }, { reply: 'passport' }] },
      ]);
    });

    it('are not those from whose list the citizen chose', async () => {
      const chosen = suggestion('换证');
      const refused = suggestion('办证');
      await append(chosen, after(chosen, { step: 'frame', node: 'id-card-renew' }));
      await append(refused, after(refused, { step: 'frame', word: '9' }));
      expect(await texts('suggest')).toEqual(['办证']);
    });

    it('wait for a choice until the list is no longer valid', async () => {
      await append(suggestion('换证'));
      expect(await texts('suggest', start + 30 * 60_000)).toEqual([]);
      expect(await texts('suggest', start + 30 * 60_000 + committedWithinMs)).toEqual(['换证']);
    });
  });
}

it('are opened where they were sealed in MongoDB, and passed over where the key is lost', async () => {
  const { connection, close } = await openTestDatabase([exchangeMigration, unansweredMigration]);
  closers.push(close);
  const sealer = new ExchangeSealer(buildFieldCipher());
  const lost = new ExchangeSealer(buildFieldCipher());
  const sealedBy = (sealer: ExchangeSealer) => {
    const exchange = fallback('', 0);
    const input = sealer.sealInput(exchange, textInput('13800138000是谁的号'), false);
    return { ...exchange, inbound: { ...exchange.inbound, input } };
  };
  await new ExchangeStoreMongo(connection).appendMany([sealedBy(lost), sealedBy(sealer)]);
  const reader = new UnansweredExchangeStoreMongo(connection, sealer);
  const { texts } = await reader.readAfter('fallback', journalBeginning, muchLater, 100);
  expect(texts.map(({ text }) => text)).toEqual(['13800138000是谁的号']);
});

it('are found in MongoDB without looking at what was answered', async () => {
  const { connection, close } = await openTestDatabase([exchangeMigration, unansweredMigration]);
  closers.push(close);
  await new ExchangeStoreMongo(connection).appendMany([
    ...Array.from({ length: 50 }, () => buildExchange()),
    fallback('鸽子归谁喂', 0),
  ]);
  const plan = await connection
    .collection('exchanges')
    .find({ 'decidedBy.step': 'fallback', at: { $gt: new Date(0) } }, { sort: { at: 1, _id: 1 } })
    .explain('executionStats');
  expect(plan).toMatchObject({ executionStats: { totalDocsExamined: 1, totalKeysExamined: 1 } });
});

function fallback(text: string, seconds: number): Exchange {
  return buildExchange({
    inbound: { input: textInput(text), sentAt: new Date(start) },
    decidedBy: { step: 'fallback' },
    at: new Date(start + seconds * 1_000),
  });
}

function suggestion(text: string): Exchange {
  const shown = [
    { number: 1, node: 'id-card-renew' },
    { number: 2, reply: 'passport' },
  ];
  return buildExchange({
    inbound: { input: textInput(text), sentAt: new Date(start) },
    decidedBy: { step: 'suggest' },
    stateAfter: { frame: { kind: 'menu', path: [], shown, until: start + 30 * 60_000 } },
    at: new Date(start),
  });
}

function after({ openid, seq }: Exchange, decidedBy: Exchange['decidedBy']): Exchange {
  return buildExchange({ openid, seq: seq + 1, decidedBy, at: new Date(start + 5_000) });
}
