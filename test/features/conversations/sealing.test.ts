import { describe, expect, it } from '@jest/globals';
import type { CitizenInput } from '../../../src/core/messages.js';
import type { DialogState } from '../../../src/dialog/dialog-state.js';
import { ExchangeSealer } from '../../../src/features/conversations/exchange-sealer.js';
import { buildFieldCipher, buildMessage, textInput } from '../../support/builders.js';
import { buildForm } from '../../support/form-builder.js';
import { openConversations, type OpenOptions } from '../../support/open-conversations.js';

const idNumber = '11010519491231002X';
const phone = '13812345678';
const openid = 'o-citizen';
const personal = /19491231|1381234|12345678/;

/** One citizen at a node that offers a form with an ID number and a telephone number. */
function openNode(options: OpenOptions = {}) {
  const submitted: unknown[] = [];
  const node = openConversations({
    forms: [buildForm()],
    requests: new Map([
      ['test.submit', async (_asker, payload) => (submitted.push(payload), { receipt: 'A-1' })],
    ]),
    ...options,
  });
  const send = async (input: CitizenInput) => {
    const response = await node.conversations.respond(buildMessage({ openid, input }));
    return response.kind === 'answer' && response.reply?.kind === 'text'
      ? response.reply.text
      : response.kind;
  };
  const sayAll = async (...texts: string[]) => {
    let answer = '';
    for (const text of texts) answer = await send(textInput(text));
    return answer;
  };
  return { ...node, send, sayAll, submitted };
}

const toPhone = ['登记', '补办证件', '1', '同意', idNumber];

describe('a personal field', () => {
  it('reaches its service, and is stored nowhere in clear', async () => {
    const { sayAll, submitted, journal, outbox } = openNode();
    expect(await sayAll(...toPhone, phone, '确认')).toContain('编号 A-1');
    expect(submitted).toMatchObject([{ values: { idNumber, phone } }]);
    expect(journal.exchanges.map(({ inbound }) => inbound.input.kind)).toEqual([
      'text',
      'text',
      'text',
      'text',
      'sealed',
      'sealed',
      'text',
    ]);
    expect(JSON.stringify([journal.exchanges, outbox.entries])).not.toMatch(personal);
  });

  it('that was sent when nobody asked for it is stored nowhere in clear either', async () => {
    const { sayAll, send, journal } = openNode();
    await sayAll(`我的身份证${idNumber}丢了`, '我电话 138 1234 5678，请回电');
    await send({ kind: 'voice', mediaId: 'm', format: 'amr', recognition: `打我电话${phone}` });
    expect(journal.exchanges.map(({ inbound }) => inbound.input)).toMatchObject([
      { kind: 'sealed', was: 'text' },
      { kind: 'sealed', was: 'text' },
      { kind: 'sealed', was: 'voice' },
    ]);
  });

  it('stays sealed in a draft', async () => {
    const { sayAll, journal } = openNode();
    await sayAll(...toPhone, '取消', '1');
    const { stateAfter } = journal.exchanges.at(-1)!;
    expect(stateAfter.drafts).toHaveLength(1);
    expect(JSON.stringify(stateAfter)).not.toMatch(personal);
    expect(await sayAll('登记', '1')).toContain('（4/4）');
  });

  it('is read again by another node that has the key', async () => {
    const cipher = buildFieldCipher();
    const first = openNode({ cipher });
    await first.sayAll(...toPhone);
    const { journal, outbox } = first;
    const second = openNode({ cipher, journal, outbox });
    expect(await second.sayAll(phone)).toContain('【3】身份证号：110***********002X');
  });
});

describe('a state', () => {
  const owner = { accountId: 'a', openid };
  const state: DialogState = {
    frame: {
      kind: 'form',
      form: 'apply',
      version: '1',
      stage: 'review',
      answers: { phone },
      back: null,
      until: 1,
    },
    drafts: [{ form: 'other', version: '1', answers: { idNumber }, until: 2 }],
    doubt: { kind: 'danger', word: '跟踪', said: `我是${phone}`, until: 3 },
    last: { reply: 'passport', release: 1, at: 0 },
  };

  it('is stored without anything that a citizen wrote, and comes back whole', () => {
    const sealer = new ExchangeSealer(buildFieldCipher());
    const stored = sealer.sealState(owner, state);
    expect(JSON.stringify(stored)).not.toMatch(personal);
    expect(sealer.openState(owner, stored)).toEqual(state);
  });

  it('that belongs to another citizen shows nothing', () => {
    const sealer = new ExchangeSealer(buildFieldCipher());
    const opened = sealer.openState({ ...owner, openid: 'o-thief' }, sealer.sealState(owner, state));
    expect(opened.frame).toMatchObject({ isLost: true, answers: {} });
    expect(JSON.stringify(opened)).not.toMatch(personal);
  });

  it('that holds nothing of the kind is stored as it is', () => {
    const sealer = new ExchangeSealer(buildFieldCipher());
    const plain: DialogState = { frame: { kind: 'menu', path: ['household'], shown: [], until: 1 } };
    expect(sealer.sealState(owner, plain)).toEqual(plain);
  });
});

describe('a node that has lost the key', () => {
  it('asks the citizen to begin an open form anew, and keeps what comes in private', async () => {
    const first = openNode();
    await first.sayAll(...toPhone);
    const { journal, outbox } = first;
    const { sayAll } = openNode({ cipher: buildFieldCipher(), journal, outbox });
    expect(await sayAll(phone)).toMatch(/^抱歉，之前填的内容读不出来了，请从头再填一次。[^]*（1\/4）/);
    expect(journal.exchanges.at(-1)?.inbound.input.kind).toBe('sealed');
    expect(await sayAll('补办证件')).toContain('（2/4）');
  });

  it('knows nothing of a draft', async () => {
    const first = openNode();
    await first.sayAll(...toPhone, '取消');
    const { journal, outbox } = first;
    const { sayAll } = openNode({ cipher: buildFieldCipher(), journal, outbox });
    expect(await sayAll('登记')).toContain('（1/4）');
  });
});

describe('a message whose answer is only promised', () => {
  const slow = { journalDelayMs: 60, deadlineMs: 20 };

  it('waits sealed, and is answered', async () => {
    const { sayAll, conversations, outbox, worker, sent } = openNode(slow);
    expect(await sayAll(`我的电话是${phone}`)).toBe('later');
    expect(outbox.entries).toHaveLength(1);
    expect(JSON.stringify(outbox.entries)).not.toMatch(personal);
    await conversations.drain();
    await worker.sendDue();
    expect(sent).toHaveLength(1);
  });

  it('is answered from the journal where its key is lost', async () => {
    const first = openNode(slow);
    await first.sayAll('3');
    await first.conversations.drain();
    const { journal, outbox } = first;
    const { worker, sent, clock } = openNode({ cipher: buildFieldCipher(), journal, outbox });
    clock.advance(61_000);
    await worker.sendDue();
    expect(sent).toEqual([{ openid, reply: journal.exchanges[0]?.answer.now }]);
  });

  it('fails for good where its key is lost and nobody had answered it', async () => {
    const first = openNode(slow);
    await first.sayAll('3');
    const { outbox } = first;
    const { worker, sent, clock } = openNode({ cipher: buildFieldCipher(), outbox });
    clock.advance(61_000);
    await worker.sendDue();
    expect(sent).toEqual([]);
    expect(outbox.entries).toMatchObject([{ state: 'failed', reason: expect.stringContaining('key') }]);
  });
});
