import { expect, it } from '@jest/globals';
import type { OwnRecord } from '../../../src/features/compliance/own-data-part.js';
import { ExchangeSealer } from '../../../src/features/conversations/exchange-sealer.js';
import { OwnChat } from '../../../src/features/conversations/own-chat.js';
import { buildFieldCipher, buildMessage, textInput } from '../../support/builders.js';
import { OwnChatStoreFake } from '../../support/fakes/own-chat-store-fake.js';
import { buildForm } from '../../support/form-builder.js';
import { openConversations } from '../../support/open-conversations.js';

const amei = { accountId: 'pingan-meizhou', openid: 'o-amei' };

it('a copy has every message and its answer readable, and what was sent beside words', async () => {
  const { own, say, send } = open();
  await say('我的电话是 13812345678');
  await send({ kind: 'location', latitude: 24.3, longitude: 116.1, label: '江南路' });
  const copy = await collect(own.copy(amei));
  expect(copy).toMatchObject([
    { kind: 'text', said: '我的电话是 13812345678', sent: null, answers: [{ kind: 'text' }] },
    { kind: 'location', said: null, sent: { latitude: 24.3, longitude: 116.1, label: '江南路' } },
  ]);
  expect(JSON.stringify(copy)).not.toContain(amei.openid);
});

it('a node that remembers an erased place starts anew, and writes nothing of it back', async () => {
  const { own, say, journal } = open();
  await say('留言');
  await say('路灯坏了三天，梅江区江南路');
  expect(journal.exchanges.at(-1)).toMatchObject({ seq: 2, stateAfter: { frame: { kind: 'form' } } });
  expect(await own.eraseMany(amei)).toEqual({ deleted: 2, anonymised: 0, kept: [] });
  expect(journal.exchanges).toMatchObject([{ seq: 3, stateAfter: { frame: null } }]);

  const answered = await say('1');
  expect(answered).toMatchObject({ kind: 'answer', reply: { text: expect.stringContaining('短信报警') } });
  expect(journal.exchanges.map(({ seq }) => seq)).toEqual([3, 4]);
  expect(journal.exchanges[1]).toMatchObject({ stateAfter: { frame: { kind: 'menu' } } });
  expect(journal.exchanges[1]?.stateAfter).not.toHaveProperty('drafts');
});

it('an erasure that is repeated deletes what has come since, and nothing twice', async () => {
  const { own, say, journal } = open();
  expect(await own.eraseMany(amei)).toMatchObject({ deleted: 0 });
  await say('1');
  expect(await own.eraseMany(amei)).toMatchObject({ deleted: 1 });
  expect(await own.eraseMany(amei)).toMatchObject({ deleted: 0 });
  expect(await collect(own.copy(amei))).toEqual([]);
  await say('2');
  expect(await own.eraseMany(amei)).toMatchObject({ deleted: 2 });
  expect(journal.exchanges).toHaveLength(1);
});

function open() {
  const cipher = buildFieldCipher();
  const form = buildForm({ id: 'leave-message', words: ['留言'] });
  const { conversations, journal, outbox, clock } = openConversations({ cipher, forms: [form] });
  let ids = 0;
  const own = new OwnChat({
    store: new OwnChatStoreFake(journal, outbox),
    sealer: new ExchangeSealer(cipher),
    clock,
    newId: () => `e${(ids += 1)}`,
  });
  const send = (input: ReturnType<typeof textInput>) =>
    conversations.respond(buildMessage({ ...amei, input, sentAt: clock.now() }));
  return { own, journal, send, say: (text: string) => send(textInput(text)) };
}

async function collect(records: AsyncIterable<OwnRecord>): Promise<OwnRecord[]> {
  const all: OwnRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}
