import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { buildMessage, textInput } from '../../support/builders.js';
import { openConversations } from '../../support/open-conversations.js';

describe('the conversations', () => {
  it('answer a number with the page of that number and keep the exchange', async () => {
    const { conversations, journal } = openConversations();
    const response = await conversations.respond(buildMessage({ input: textInput('1') }));
    expect(response).toMatchObject({ kind: 'answer', reply: { kind: 'text' } });
    expect(journal.exchanges).toMatchObject([{ seq: 1, decidedBy: { step: 'frame', node: 'police' } }]);
  });

  it('remember where the citizen stands, from message to message', async () => {
    const { conversations, journal } = openConversations();
    const openid = 'o-amei';
    for (const text of ['3', '3', '1'])
      await conversations.respond(buildMessage({ openid, input: textInput(text) }));
    expect(journal.exchanges.map(({ decidedBy }) => decidedBy.node)).toEqual([
      'household',
      'id-card',
      'id-card-renew',
    ]);
    expect(journal.exchanges.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('keep the order of one citizen whose messages come at the same instant', async () => {
    const { conversations, journal } = openConversations();
    const openid = 'o-amei';
    await Promise.all(
      ['3', '3', '1', '0'].map((text) =>
        conversations.respond(buildMessage({ openid, input: textInput(text) })),
      ),
    );
    expect(journal.exchanges.map(({ inbound }) => inbound.input)).toEqual(
      ['3', '3', '1', '0'].map(textInput),
    );
  });

  it('run a message once when it is sent again while the first is under way, and answer both', async () => {
    const { conversations, journal } = openConversations();
    const message = buildMessage();
    const responses = await Promise.all([1, 2, 3].map(() => conversations.respond(message)));
    expect(new Set(responses.map((response) => JSON.stringify(response))).size).toBe(1);
    expect(journal.exchanges).toHaveLength(1);
  });

  it('answer a message that comes again later from the journal, on any node', async () => {
    const first = openConversations();
    const message = buildMessage({ input: textInput('3') });
    const answer = await first.conversations.respond(message);
    await first.conversations.respond(buildMessage({ openid: message.openid, input: textInput('1') }));

    const second = openConversations({ journal: first.journal, outbox: first.outbox });
    expect(await second.conversations.respond(message)).toEqual(answer);
    expect(await first.conversations.respond(message)).toEqual(answer);
    expect(first.journal.exchanges).toHaveLength(2);
  });

  it('start from the newest exchange when another node was faster', async () => {
    const first = openConversations();
    const second = openConversations({ journal: first.journal, outbox: first.outbox });
    const openid = 'o-amei';
    await first.conversations.respond(buildMessage({ openid, input: textInput('0') }));
    await second.conversations.respond(buildMessage({ openid, input: textInput('3') }));
    await first.conversations.respond(buildMessage({ openid, input: textInput('3') }));
    expect(first.journal.exchanges.at(-1)).toMatchObject({ seq: 3, decidedBy: { node: 'id-card' } });
  });

  it('record an unknown question as decided by the fallback', async () => {
    const { conversations, journal } = openConversations();
    await conversations.respond(buildMessage({ input: textInput('你们局长姓什么') }));
    expect(journal.exchanges[0]?.decidedBy.step).toBe('fallback');
  });

  it('record a report of the platform in full and say nothing', async () => {
    const { conversations, journal } = openConversations();
    const raw = { Event: 'TEMPLATESENDJOBFINISH', Status: 'success' };
    const response = await conversations.respond(
      buildMessage({ input: { kind: 'notification', name: 'templatesendjobfinish' }, raw }),
    );
    expect(response).toEqual({ kind: 'answer', reply: null });
    expect(journal.exchanges[0]?.inbound.raw).toEqual(raw);
  });

  it('know a citizen from the first message, and who follows', async () => {
    const { conversations, citizens } = openConversations();
    await conversations.respond(buildMessage({ openid: 'o-amei' }));
    await conversations.respond(
      buildMessage({ openid: 'o-laozhang', input: { kind: 'follow', scene: 'hall-id-card' } }),
    );
    expect(await citizens.find('pingan-meizhou', 'o-amei')).toMatchObject({ subscriptions: [] });
    expect(await citizens.find('pingan-meizhou', 'o-laozhang')).toMatchObject({
      subscribed: true,
      subscriptions: [{ kind: 'follow', scene: 'hall-id-card' }],
    });
  });

  describe('when the answer is not ready in time', () => {
    it('promise it durably, and send it once as a message of its own', async () => {
      const { conversations, journal, outbox, worker, sent } = openConversations({
        journalDelayMs: 60,
        deadlineMs: 20,
      });
      const message = buildMessage();
      expect(await conversations.respond(message)).toEqual({ kind: 'later' });
      expect(outbox.entries).toMatchObject([{ kind: 'promise', state: 'waiting', key: message.key }]);

      await conversations.drain();
      await worker.sendDue();
      await worker.sendDue();
      expect(sent).toEqual([{ openid: message.openid, reply: journal.exchanges[0]?.answer.now }]);
      expect(outbox.entries).toMatchObject([{ state: 'sent' }]);
    });

    it('say the same to a re-send, so that the answer does not come twice', async () => {
      const { conversations } = openConversations({ journalDelayMs: 60, deadlineMs: 20 });
      const message = buildMessage();
      await conversations.respond(message);
      expect(await conversations.respond(message)).toEqual({ kind: 'later' });
      await conversations.drain();
      expect(await conversations.respond(message)).toEqual({ kind: 'later' });
    });

    it('keep to a promise of a process that crashed, when the platform sends again', async () => {
      const crashed = openConversations({ journalDelayMs: 10_000, deadlineMs: 20 });
      const message = buildMessage({ input: textInput('3') });
      await crashed.conversations.respond(message);

      const next = openConversations({ outbox: crashed.outbox });
      next.clock.advance(5_000);
      expect(await next.conversations.respond(message)).toEqual({ kind: 'later' });
      next.clock.advance(61_000);
      await next.worker.sendDue();
      expect(next.sent).toEqual([{ openid: message.openid, reply: next.journal.exchanges[0]?.answer.now }]);
    });

    it('let another worker keep the promise after a crash, running the message if nobody has', async () => {
      const crashed = openConversations({ journalDelayMs: 10_000, deadlineMs: 20 });
      const message = buildMessage({ input: textInput('3') });
      await crashed.conversations.respond(message);

      const next = openConversations({ outbox: crashed.outbox });
      await next.worker.sendDue();
      expect(next.sent).toEqual([]);
      next.clock.advance(61_000);
      await next.worker.sendDue();
      expect(next.sent).toHaveLength(1);
      expect(next.journal.exchanges).toMatchObject([{ key: message.key, decidedBy: { node: 'household' } }]);
    });
  });

  describe('when the database is away', () => {
    it('acknowledge nothing, so that the platform sends again', async () => {
      const { conversations, journal } = openConversations({ databaseAway: true });
      expect(await conversations.respond(buildMessage())).toEqual({ kind: 'unavailable' });
      expect(journal.exchanges).toEqual([]);
    });

    it('answer an emergency all the same', async () => {
      const { conversations } = openConversations({ databaseAway: true });
      const response = await conversations.respond(buildMessage({ input: textInput('救命') }));
      expect(response).toMatchObject({ kind: 'answer', reply: { text: expect.stringContaining('110') } });
    });

    it('answer as soon as it is back, without another run of the message', async () => {
      const opened = openConversations({ databaseAway: true, patienceMs: 5_000, deadlineMs: 3_000 });
      const response = opened.conversations.respond(buildMessage());
      await sleep(120);
      opened.setDatabaseAway(false);
      expect(await response).toMatchObject({ kind: 'answer' });
      expect(opened.journal.exchanges).toHaveLength(1);
    });
  });

  it('send the rest of an answer that is too long after its first part', async () => {
    const { conversations, outbox, worker, sent, clock } = openConversations({ partsOf: 3 });
    const message = buildMessage();
    const response = await conversations.respond(message);
    expect(response).toMatchObject({ kind: 'answer', reply: { text: 'part 1' } });
    await worker.sendDue();
    expect(sent).toEqual([]);
    clock.advance(2_000);
    await worker.sendDue();
    expect(sent.map(({ reply }) => reply)).toEqual(
      [2, 3].map((part) => ({ kind: 'text', text: `part ${part}` })),
    );
    expect(outbox.entries).toMatchObject([{ kind: 'remainder', state: 'sent', partsSent: 2 }]);
  });
});
