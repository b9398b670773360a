import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FieldCipher } from '../../../src/core/field-cipher.js';
import type { Asker } from '../../../src/features/conversations/dialog-requests.js';
import { messageRequests } from '../../../src/features/messages/message-requests.js';
import { MessageService } from '../../../src/features/messages/message-service.js';
import { buildFieldCipher, buildMessage } from '../../support/builders.js';
import { DisclosureStoreFake, MessageStoreFake } from '../../support/fakes/message-store-fake.js';

const now = Date.parse('2026-06-01T01:00:00Z');
const accountId = 'pingan-meizhou';
const words = {
  text: '路灯坏了，找我 13900001111',
  phone: '13812345678',
  picture: { mediaId: 'm', url: 'https://example.com/1.jpg' },
};

let messages: MessageStoreFake;
let disclosures: DisclosureStoreFake;
let draws: number[];
let service: MessageService;
beforeEach(() => {
  messages = new MessageStoreFake();
  disclosures = new DisclosureStoreFake();
  draws = [];
  service = serviceWith(buildFieldCipher());
});

function serviceWith(cipher: FieldCipher): MessageService {
  const random = () => draws.shift() ?? Math.random();
  return new MessageService({ messages, disclosures, cipher, clock: { now: () => now }, random });
}

function leave(asker: Asker = buildMessage()): Promise<string> {
  return service.leave(asker, { kind: 'message', ...words });
}

describe('a message that is left', () => {
  it('gets a receipt number of the day in Shanghai, and is kept as long as was promised', async () => {
    draws = [0.048273];
    expect(await leave()).toBe('20260601-048273');
    expect(messages.messages).toMatchObject([
      { at: new Date(now), expiresAt: new Date('2026-11-28T01:00:00Z') },
    ]);
  });

  it('gets the same number when it is handed in again', async () => {
    const asker = buildMessage();
    expect(await leave(asker)).toBe(await leave(asker));
    expect(messages.messages).toHaveLength(1);
  });

  it('gets another number where the first is taken, and none where all are', async () => {
    draws = [0.1, 0.1, 0.2];
    await leave();
    expect(await leave()).toBe('20260601-200000');
    draws = Array<number>(8).fill(0.1);
    await expect(leave()).rejects.toMatchObject({ code: 'no_receipt_free' });
  });

  it('is stored unreadable', async () => {
    await leave();
    expect(JSON.stringify(messages.messages)).not.toMatch(/路灯|1390000|1381234|example/);
  });
});

describe('staff', () => {
  it('see the list with every number masked, those in the text too', async () => {
    const receipt = await leave();
    const [view] = await service.list(accountId, 10);
    expect(view).toMatchObject({
      receipt,
      words: { text: '路灯坏了，找我 139****1111', phone: '138****5678', picture: words.picture },
    });
    expect(await service.show(accountId, receipt)).toEqual(view);
    expect(disclosures.disclosures).toEqual([]);
  });

  it('find the messages of a telephone number', async () => {
    const receipt = await leave();
    expect(await service.listByPhone(accountId, '13812345678', 10)).toMatchObject([{ receipt }]);
    expect(await service.listByPhone(accountId, '13812345679', 10)).toEqual([]);
  });

  it('see one in full for a reason, which is on record with their name', async () => {
    const asker = buildMessage();
    const receipt = await leave(asker);
    const view = await service.disclose(accountId, receipt, { by: '李警官', reason: ' 回电核实 ' });
    expect(view.words).toEqual(words);
    expect(disclosures.disclosures).toEqual([
      { accountId, receipt, openid: asker.openid, by: '李警官', reason: '回电核实', at: new Date(now) },
    ]);
  });

  it('see nothing in full without a reason, or where it cannot be recorded', async () => {
    const receipt = await leave();
    const look = (reason: string) => service.disclose(accountId, receipt, { by: '李警官', reason });
    await expect(look('  ')).rejects.toMatchObject({ code: 'reason_missing' });
    disclosures.append = () => Promise.reject(new Error('the database is away'));
    await expect(look('回电')).rejects.toThrow('away');
  });

  it('are told when there is no such message', async () => {
    await expect(service.show(accountId, '20260601-000000')).rejects.toMatchObject({
      code: 'no_such_message',
    });
  });

  it('still see that there is a message, where its key is lost', async () => {
    const receipt = await leave();
    service = serviceWith(buildFieldCipher());
    expect(await service.list(accountId, 10)).toMatchObject([{ receipt, words: null }]);
  });
});

describe('the requests of the dialog', () => {
  it('keep what the form holds, with the consent and the answer that it is about', async () => {
    const handlers = new Map(messageRequests(service));
    const payload = {
      form: 'correct-answer',
      values: { text: '电话不对', phone: '13812345678' },
      consent: { notice: 'abc', at: now },
      about: { reply: 'id-card-lost', release: 3 },
    };
    const facts = await handlers.get('messages.correct')!(buildMessage(), payload);
    expect(messages.messages).toMatchObject([
      {
        receipt: facts['receipt'],
        kind: 'correction',
        consent: { notice: 'abc', at: new Date(now) },
        about: { reply: 'id-card-lost', release: 3 },
      },
    ]);
    await handlers.get('messages.leave')!(buildMessage(), {
      form: 'leave-message',
      values: { text: '路灯坏了' },
    });
    expect(messages.messages.map(({ kind }) => kind).sort()).toEqual(['correction', 'message']);
  });
});
