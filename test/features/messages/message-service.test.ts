import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FieldCipher } from '../../../src/core/field-cipher.js';
import { AuditTrail } from '../../../src/features/audit/audit-trail.js';
import type { Asker } from '../../../src/features/conversations/dialog-requests.js';
import { messageRequests } from '../../../src/features/messages/message-requests.js';
import { MessageService } from '../../../src/features/messages/message-service.js';
import { buildFieldCipher, buildMessage } from '../../support/builders.js';
import { actor } from '../../support/content-services.js';
import { AuditStoreFake } from '../../support/fakes/audit-store-fake.js';
import { TransactionRunnerFake } from '../../support/fakes/transaction-runner-fake.js';
import { MessageStoreFake } from '../../support/fakes/message-store-fake.js';

const now = Date.parse('2026-06-01T01:00:00Z');
const accountId = 'pingan-meizhou';
const words = {
  text: '路灯坏了，找我 13900001111',
  phone: '13812345678',
  picture: { mediaId: 'm', url: 'https://example.com/1.jpg' },
};

const li = actor('li', '李警官');

let messages: MessageStoreFake;
let audit: AuditStoreFake;
let draws: number[];
let service: MessageService;
beforeEach(() => {
  messages = new MessageStoreFake();
  audit = new AuditStoreFake();
  draws = [];
  service = serviceWith(buildFieldCipher());
});

function serviceWith(cipher: FieldCipher): MessageService {
  const random = () => draws.shift() ?? Math.random();
  const clock = { now: () => now };
  return new MessageService({
    messages,
    transactions: new TransactionRunnerFake(),
    audit: new AuditTrail({ store: audit, clock }),
    cipher,
    clock,
    random,
  });
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
    const [view] = await service.list({ accountId }, { limit: 10 });
    expect(view).toMatchObject({
      receipt,
      words: { text: '路灯坏了，找我 139****1111', phone: '138****5678', picture: words.picture },
    });
    expect(await service.show(accountId, receipt)).toEqual(view);
    expect(audit.events).toEqual([]);
  });

  it('find the messages of a telephone number', async () => {
    const receipt = await leave();
    expect(await service.list({ accountId, phone: '13812345678' }, { limit: 10 })).toMatchObject([
      { receipt },
    ]);
    expect(await service.list({ accountId, phone: '13812345679' }, { limit: 10 })).toEqual([]);
  });

  it('see one in full for a reason, which is on record with their name', async () => {
    const receipt = await leave();
    const view = await service.disclose({ accountId, receipt, actor: li, reason: ' 回电核实 ' });
    expect(view.words).toEqual(words);
    expect(audit.events).toMatchObject([
      {
        accountId,
        by: li.by,
        action: 'message.disclose',
        object: { kind: 'message', id: receipt },
        reason: '回电核实',
        at: new Date(now),
      },
    ]);
  });

  it('see nothing in full without a reason, or where it cannot be recorded', async () => {
    const receipt = await leave();
    const look = (reason: string) => service.disclose({ accountId, receipt, actor: li, reason });
    await expect(look('  ')).rejects.toMatchObject({ code: 'reason_missing' });
    audit.append = () => Promise.reject(new Error('the database is away'));
    await expect(look('回电')).rejects.toThrow('away');
  });

  it('note what was done, once, and the number in the note is masked in the record', async () => {
    const receipt = await leave();
    const request = { accountId, receipt, actor: li, note: '已回电13812345678，路灯明天修' };
    expect(await service.handle(request)).toMatchObject({
      handled: { by: li.by, at: new Date(now), note: request.note },
      words: { phone: '138****5678' },
    });
    await expect(service.handle({ ...request, actor: actor('wang') })).rejects.toMatchObject({
      code: 'already_handled',
      details: { by: '李警官' },
    });
    expect(audit.events).toMatchObject([
      { action: 'message.handle', reason: '已回电138****5678，路灯明天修' },
    ]);
    expect(await service.countOpen(accountId)).toBe(0);
    expect(await service.list({ accountId, isHandled: false }, { limit: 10 })).toEqual([]);
  });

  it('are told when there is no such message, as in another account', async () => {
    const receipt = await leave();
    await expect(
      service.handle({ accountId: 'another', receipt, actor: li, note: '无' }),
    ).rejects.toMatchObject({
      status: 404,
    });
  });

  it('are told when nothing has this number', async () => {
    await expect(service.show(accountId, '20260601-000000')).rejects.toMatchObject({
      code: 'no_such_message',
    });
  });

  it('still see that there is a message, where its key is lost', async () => {
    const receipt = await leave();
    service = serviceWith(buildFieldCipher());
    expect(await service.list({ accountId }, { limit: 10 })).toMatchObject([{ receipt, words: null }]);
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
