import { beforeEach, describe, expect, it } from '@jest/globals';
import { dialogStateSchema } from '../../../src/dialog/dialog-state.js';
import type { Form, FormInput } from '../../../src/dialog/forms/form-model.js';
import type { JsonRecord } from '../../../src/dialog/request.js';
import { buildContent } from '../../support/content-builder.js';
import { buildRelease, Conversation, textOf } from '../../support/conversation.js';
import { buildForm } from '../../support/form-builder.js';
import { LiveService, option } from '../../support/live-form-builder.js';

const phone = '13812345678';
const idNumber = '11010519491231002X';
const keys = '# 上一步，取消 离开';

const size = {
  key: 'size',
  type: 'choice',
  label: '尺码',
  question: '穿多大？',
  options: [
    { value: 's', label: '小' },
    { value: 'l', label: '大' },
  ],
};
const count = { key: 'count', type: 'number', label: '人数', question: '来几个人？', max: 9 };
const remark = { key: 'remark', type: 'text', label: '备注', question: '还有什么？', optional: true };
const relative = {
  key: 'relative',
  type: 'phone',
  label: '家人电话',
  question: '家人电话？',
  personal: true,
};

/** A form whose first answer decides what else is asked. */
function buildOpenForm(overrides: Partial<FormInput> = {}): Form {
  return buildForm({
    id: 'join',
    title: '参加',
    words: ['参加'],
    intro: undefined,
    steps: [
      {
        key: 'what',
        type: 'choice',
        label: '项目',
        question: '哪一项？',
        options: { ask: 'join.list' },
        onAnswer: 'join.questions',
        asksAgainOn: ['changed'],
      },
      { key: 'phone', type: 'phone', label: '电话', question: '请留电话。', personal: true },
    ],
    submit: 'join.submit',
    done: '好了。',
    ...overrides,
  });
}

let talk: Conversation;
let service: LiveService;
beforeEach(() => {
  service = new LiveService().offer('join.list', [option('a'), option('b')]);
  bring(size, count);
  open(buildOpenForm());
});

function open(...forms: Form[]): void {
  talk = new Conversation(buildRelease(buildContent(), 1, forms));
  talk.service = service.answer;
}

function bring(...steps: JsonRecord[]): void {
  service.accept('join.questions', { steps });
}

function say(...texts: string[]): string {
  return texts.map((text) => textOf(talk.say(text))).at(-1) ?? '';
}

function submitted(): JsonRecord | undefined {
  return service.payloadsOf('join.submit').at(-1);
}

describe('steps that a request brings along', () => {
  it('are asked behind the step that brought them, shown in the review, and handed in', () => {
    expect(say('参加')).toBe(`（1/2）哪一项？\n【1】第a项\n【2】第b项\n\n${keys}`);
    expect(say('1')).toBe(`（2/4）穿多大？\n【1】小\n【2】大\n\n${keys}`);
    expect(say('大')).toBe(`（3/4）来几个人？\n\n${keys}`);
    expect(say('10')).toContain('请填 0 到 9 之间的数');
    expect(say('3', '同意', phone)).toContain(
      '【1】项目：第a项\n【2】尺码：大\n【3】人数：3\n【4】电话：138****5678\n',
    );
    expect(say('确认')).toMatch(/^好了。/);
    expect(submitted()).toMatchObject({ values: { what: 'a', size: 'l', count: 3, phone } });
  });

  it('are stepped back over, and changed from the review', () => {
    expect(say('参加', '1', '2', '3', '同意', '#')).toContain('（3/4）来几个人？\n现在填的是：3');
    expect(say('#')).toContain('（2/4）穿多大？\n现在填的是：大');
    expect(say('#')).toContain('（1/4）哪一项？\n现在填的是：第a项');
    expect(say('1', phone, '2', '小')).toContain('【2】尺码：小\n');
  });

  it('may be passed over where they are optional', () => {
    bring(remark);
    expect(say('参加', '1', '跳过', '同意', phone)).toContain('【2】备注：不填');
    say('确认');
    expect(submitted()).toMatchObject({ values: { what: 'a', phone } });
  });

  it('tell the sentence of the service above the first of them, and their facts in the review', () => {
    service.accept('join.questions', { steps: [size], said: '还有两个问题。', terms: '不收费。' });
    open(buildOpenForm({ review: '{terms}请核对：' }));
    expect(say('参加', '1')).toMatch(/^还有两个问题。\n\n（2\/3）穿多大？/);
    expect(say('1', '同意', phone)).toMatch(/^不收费。请核对：\n【1】/);
  });

  it('are kept by a state that survives storage', () => {
    bring(size, count, remark, relative);
    for (const text of ['参加', '1', '2', '3', '好', '同意', phone, '#', '取消', '参加', '1']) {
      talk.say(text);
      talk.state = dialogStateSchema.parse(JSON.parse(JSON.stringify(talk.state)));
    }
    expect(say(phone)).toContain('【5】家人电话：138****5678');
  });
});

describe('a personal step that was brought along', () => {
  beforeEach(() => {
    bring(size, relative);
  });

  it('is named by the notice, asked after consent, sealed and shown masked', () => {
    expect(say('参加', '1', '1')).toContain('· 收集什么：家人电话、电话\n');
    expect(say('同意')).toContain('（3/4）家人电话？');
    const turn = talk.say('13900001111');
    expect(turn.isPrivate).toBe(true);
    expect(say(phone)).toContain('【3】家人电话：139****1111');
  });

  it('is handed in under the notice that spoke of it', () => {
    say('参加', '1', '1', '同意', '13900001111', phone, '确认');
    const first = submitted()?.consent;
    bring(size);
    say('参加', '1', '1', '同意', phone, '确认');
    expect(submitted()?.consent).not.toMatchObject({ notice: (first as { notice: string }).notice });
  });

  it('asks for consent anew where it came after it was given', () => {
    bring(size);
    say('参加', '1', '1', '同意', phone);
    bring(size, relative);
    expect(say('1', '2')).toContain('收集什么：家人电话、电话');
    expect(say('同意')).toContain('（3/4）家人电话？');
  });

  it('is not asked of those who refuse', () => {
    expect(say('参加', '1', '1', '不同意')).toMatch(/^没有这些信息就办不了/);
    expect(JSON.stringify(talk.state)).not.toContain('relative');
  });

  it('is passed over by those who refuse, where it is optional and nothing else is personal', () => {
    const [what] = buildOpenForm().steps;
    open(buildOpenForm({ steps: what ? [what] : [] }));
    bring({ ...relative, optional: true }, size);
    expect(say('参加', '1', '不同意')).toMatch(/^好的，这些信息就不填了。\n\n（3\/3）穿多大？/);
    bring(relative);
    expect(say('取消', '参加', '2', '1', '不同意')).toMatch(/^没有这些信息就办不了/);
  });

  it('is refused by a form that has no privacy notice', () => {
    const [what] = buildOpenForm().steps;
    open(buildOpenForm({ privacy: undefined, steps: what ? [what] : [] }));
    expect(say('参加', '1')).toMatch(/^刚才没有办成，请再选一次。\n\n（1\/1）哪一项？/);
    bring(size);
    expect(say('1')).toContain('（2/2）穿多大？');
  });
});

describe('a change of mind', () => {
  it('replaces what was brought along', () => {
    say('参加', '1', '2', '3', '同意', phone);
    bring(remark);
    expect(say('1', '2')).toContain('（2/3）还有什么？');
    expect(say('没什么')).toContain('【1】项目：第b项\n【2】备注：没什么\n【3】电话：138****5678\n');
    say('确认');
    expect(submitted()?.values).toEqual({ what: 'b', remark: '没什么', phone });
  });

  it('keeps the answers to what is asked in the same words, and to nothing else', () => {
    say('参加', '1', '2', '3', '同意', phone);
    bring({ ...count, question: '来几个孩子？' }, size);
    expect(say('1', '2')).toContain('（2/4）来几个孩子？\n\n');
    expect(say('2')).toContain('【2】人数：2\n【3】尺码：大\n');
  });

  it('to what brings nothing asks nothing', () => {
    say('参加', '1', '2', '3', '同意', phone);
    service.accept('join.questions');
    expect(say('1', '2')).toContain('【1】项目：第b项\n【2】电话：138****5678\n');
    expect(talk.state.frame).not.toHaveProperty('brought');
  });

  it('that is refused leaves the step open, and asks none of them', () => {
    say('参加', '1', '2', '3', '同意', phone);
    service.refuse('join.questions', '报满了。');
    expect(say('1', '2')).toMatch(/^报满了。\n\n（1\/2）哪一项？/);
    bring(size, count);
    expect(say('1')).toContain('【2】尺码：大\n【3】人数：3\n');
  });

  it('that the submission asks for brings them anew', () => {
    say('参加', '1', '2', '3', '同意', phone);
    service.refuse('join.submit', '刚刚变了。', 'changed');
    expect(say('确认')).toMatch(/^刚刚变了。\n\n（1\/2）哪一项？/);
    bring(size, remark);
    expect(say('1')).toContain('（3/4）还有什么？');
  });
});

describe('a form that was left', () => {
  it('keeps no steps, and brings them along anew when it is gone on with', () => {
    say('参加', '1', '2', '取消');
    expect(JSON.stringify(talk.state)).not.toContain('穿多大');
    expect(say('参加', '1')).toContain('（3/4）来几个人？');
    expect(say('3', '同意', phone)).toContain('【2】尺码：大\n');
  });

  it('drops the answers that answer nothing any more', () => {
    say('参加', '1', '2', '3', '取消');
    bring({ ...size, options: [size.options[0]!, { value: 'xl', label: '特大' }] }, { ...count, max: 2 });
    expect(say('参加', '1')).toContain('（2/4）穿多大？\n【1】小\n【2】特大');
    expect(talk.state.frame).toMatchObject({ answers: { what: { value: 'a' } } });
    expect(say('2')).toContain('（3/4）来几个人？\n\n');
  });

  it('drops them with what brought them', () => {
    say('参加', '1', '2', '3', '取消');
    service.refuse('join.questions', '没有这一项了。');
    expect(say('参加', '1')).toMatch(/^没有这一项了。\n\n（1\/2）哪一项？/);
    expect(talk.state.frame).toMatchObject({ answers: {} });
  });

  it('under another release is brought up to date', () => {
    say('参加', '1', '2');
    const [what] = buildOpenForm().steps;
    talk.release = buildRelease(buildContent(), 2, [buildOpenForm({ steps: what ? [what] : [] })]);
    bring(count, { ...size, question: '要多大的？' });
    expect(say('3')).toMatch(/^“参加”刚刚更新过[^]*（2\/3）来几个人？/);
    expect(say('3')).toContain('【1】项目：第a项\n【2】人数：3\n【3】尺码：大\n');
  });
});

describe('what cannot be asked', () => {
  const many = Array.from({ length: 17 }, (_, nth) => ({ ...count, key: `count${nth}` }));
  const long = Array.from({ length: 16 }, (_, nth) => ({
    ...size,
    key: `size${nth}`,
    question: '问'.repeat(300),
    options: Array.from({ length: 20 }, (_each, at) => ({ value: `${at}`, label: '项'.repeat(40) })),
  }));
  it.each([
    ['a choice that only a service knows', [{ ...size, options: { ask: 'join.list' } }]],
    ['a step that asks a service', [{ ...count, onAnswer: 'join.more' }]],
    [
      'a way to another form',
      [{ ...size, options: [{ ...size.options[0]!, opens: 'join' }, size.options[1]!] }],
    ],
    ['a picture', [{ key: 'picture', type: 'image', label: '照片', question: '照片？' }]],
    ['a step of a key that the form has', [{ ...count, key: 'phone' }]],
    ['two steps of one key', [count, count]],
    ['a number that cannot be', [{ ...count, min: 10 }]],
    ['too many', many],
    ['too much to keep', long],
    ['something else', '问题'],
  ])('is refused, and the step asked again: %s', (_, steps) => {
    service.accept('join.questions', { steps });
    expect(say('参加', '1')).toMatch(/^刚才没有办成，请再选一次。\n\n（1\/2）哪一项？/);
    expect(talk.state.frame).not.toHaveProperty('brought');
    bring(size);
    expect(say('2')).toContain('（2/3）穿多大？');
  });
});

describe('what is handed in', () => {
  it('holds no answer to a step that is asked no more', () => {
    bring({ ...relative, key: 'other', type: 'idNumber' });
    say('参加', '1', '同意', idNumber, phone);
    bring();
    say('1', '2', '同意', '确认');
    expect(submitted()?.values).toEqual({ what: 'b', phone });
  });
});
