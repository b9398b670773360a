import { beforeEach, describe, expect, it } from '@jest/globals';
import { dialogStateSchema } from '../../../src/dialog/dialog-state.js';
import { formSchema, type Form } from '../../../src/dialog/forms/form-model.js';
import { buildContent } from '../../support/content-builder.js';
import { buildRelease, Conversation, textOf } from '../../support/conversation.js';
import { buildForm } from '../../support/form-builder.js';
import { buildLiveForm, LiveService, option } from '../../support/live-form-builder.js';

const phone = '13812345678';
const content = buildContent({
  rules: [{ id: 'visit', contains: ['来访登记'], to: { form: 'visit' } }],
  scenes: [{ scene: 'hall', title: '大厅', opens: { form: 'visit' } }],
});

let talk: Conversation;
let service: LiveService;
beforeEach(() => {
  service = new LiveService()
    .offer('visit.halls', [option('a'), option('b')])
    .offer('visit.times', [option('1'), option('2', { note: '余 3' }), option('3', { disabled: '已满' })])
    .accept('visit.keep', { ticket: 't-1' })
    .accept('visit.book', { time: '九点' });
  open(buildLiveForm());
});

function open(...forms: Form[]): void {
  talk = new Conversation(buildRelease(content, 1, forms));
  talk.service = service.answer;
}

function say(...texts: string[]): string {
  return texts.map((text) => textOf(talk.say(text))).at(-1) ?? '';
}

function many(count: number) {
  return Array.from({ length: count }, (_, index) => option(`v${index + 1}`));
}

const keys = '# 上一步，取消 离开';

describe('a step whose options only a service knows', () => {
  it('shows them as they are, and hands in the value that was chosen', () => {
    expect(say('来访')).toBe(`（1/3）哪个大厅？\n【1】第a项\n【2】第b项\n\n${keys}`);
    expect(say('2')).toBe(`（2/3）几点？\n【1】第1项\n【2】第2项（余 3）\n【3】第3项（已满）\n\n${keys}`);
    expect(say('第2项')).toContain('同意请回复“同意”');
    expect(say('同意', phone)).toContain('【1】大厅：第b项\n【2】时间：第2项\n');
    expect(say('确认')).toMatch(/^约好了，九点。/);
    expect(service.payloadsOf('visit.times')[0]).toEqual({ form: 'visit', values: { hall: 'b' } });
    expect(service.payloadsOf('visit.book')).toMatchObject([
      { values: { hall: 'b', time: '2', phone }, facts: { ticket: 't-1' } },
    ]);
  });

  it('takes a number for what the citizen saw under it, though the list has changed', () => {
    say('来访');
    service.offer('visit.halls', [option('new'), option('a'), option('b')]);
    say('1', '1', '同意', phone, '确认');
    expect(service.payloadsOf('visit.book')).toMatchObject([{ values: { hall: 'a' } }]);
  });

  it('says so where that is gone, and shows what there is now', () => {
    say('来访');
    service.offer('visit.halls', [option('b'), option('c')]);
    expect(say('1')).toBe(
      `刚才那一项现在没有了，请重新选。\n\n（1/3）哪个大厅？\n【1】第b项\n【2】第c项\n\n${keys}`,
    );
  });

  it('shows what is not to be had, and gives it to nobody', () => {
    expect(say('来访', '1', '3')).toMatch(/^“第3项”现在选不了（已满），请换一项。\n\n（2\/3）几点？/);
    expect(say('第3项')).toMatch(/现在选不了/);
    expect(service.payloadsOf('visit.keep')).toEqual([]);
  });

  it('tells which numbers there are, and after three times a way out', () => {
    say('来访');
    expect(say('7')).toMatch(/^请回复 1 到 2 中的一个数字。\n\n（1\/3）/);
    expect(textOf(talk.do({ kind: 'image', mediaId: 'm', url: 'u' }))).toMatch(/^这一步请用文字回答。/);
    expect(say('什么')).toContain('也可以回复“取消”先离开');
    expect(say('0')).toMatch(/^正在填“来访”。要离开请回复“取消”[^]*【1】第a项/);
  });

  it('shows a long list in parts, each counted from 1', () => {
    service.offer('visit.halls', many(12));
    expect(say('来访')).toContain('【9】第v9项\n【10】更多');
    expect(say('10')).toBe(
      `（1/3）哪个大厅？\n【1】第v10项\n【2】第v11项\n【3】第v12项\n【4】回到开头\n\n${keys}`,
    );
    expect(say('5')).toMatch(/^请回复 1 到 4 中的一个数字。[^]*【1】第v10项/);
    expect(say('4')).toContain('【1】第v1项');
    say('更多', '2', '1', '同意', phone, '确认');
    expect(service.payloadsOf('visit.book')).toMatchObject([{ values: { hall: 'v11' } }]);
  });

  it('shows fewer at once where they are long', () => {
    service.offer(
      'visit.halls',
      many(9).map((one) => ({ ...one, label: `${'长'.repeat(100)}${one.value}` })),
    );
    const list = say('来访');
    expect(Buffer.byteLength(list)).toBeLessThan(1_500);
    expect(list).toContain('v2\n【3】更多');
    expect(say('3')).toContain('v3\n');
  });

  it('finds by its words what another part of the list holds', () => {
    service.offer('visit.halls', [...many(11), option('z', { words: ['市政大厅'] })]);
    expect(say('来访', '去市政大厅')).toContain('（2/3）');
  });

  it('keeps a state that survives storage', () => {
    service.offer('visit.halls', many(12));
    for (const text of ['来访', '更多', '1', '1', '同意', '取消', '来访', '1']) {
      talk.say(text);
      expect(dialogStateSchema.parse(JSON.parse(JSON.stringify(talk.state)))).toEqual(talk.state);
    }
  });
});

describe('a step with one option only', () => {
  beforeEach(() => {
    service.offer('visit.halls', [option('a')]);
  });

  it('is passed over with a mention, forwards and back', () => {
    expect(say('来访')).toMatch(/^大厅：第a项（只有这一项）。\n\n（2\/3）几点？/);
    expect(say('#')).toMatch(/^这已经是第一步了。\n\n（2\/3）几点？/);
  });

  it('is shown to those who want to change it', () => {
    expect(say('来访', '1', '同意', phone, '1')).toContain(
      '（1/3）哪个大厅？\n现在填的是：第a项\n【1】第a项',
    );
  });

  it('is asked where that is not to be had, and where something is done about it at once', () => {
    service.offer('visit.times', [option('1')]);
    expect(say('来访')).toContain('（2/3）几点？\n【1】第1项');
    service.offer('visit.halls', [option('a', { disabled: '停办' })]);
    expect(say('取消', '来访', '2')).toContain('（1/3）哪个大厅？\n【1】第a项（停办）');
  });
});

describe('a step without options', () => {
  it('closes the form with the sentence of the service', () => {
    service.offer('visit.halls', [], '今天不接待。');
    expect(say('来访')).toMatch(/^今天不接待。\n\n回复 0 看主菜单/);
    expect(talk.state.frame).toBeNull();
    service.refuse('visit.halls', '您暂时不能来访。');
    expect(say('来访')).toMatch(/^您暂时不能来访。/);
    service.offer('visit.halls', []);
    expect(say('来访')).toMatch(/^现在没有可以选的/);
  });

  it('because its service is away stays open, and asks again', () => {
    service.outcomes['visit.halls'] = { kind: 'unavailable' };
    expect(say('来访')).toMatch(/^现在查不到可以选的/);
    expect(say('1')).toMatch(/^现在查不到可以选的/);
    service.offer('visit.halls', [option('a'), option('b')]);
    expect(say('1')).toMatch(/哪个大厅？\n【1】第a项/);
    expect(say('1')).toContain('（2/3）');
  });

  it('because what came was no list is the same', () => {
    service.accept('visit.halls', { options: [{ value: 1 }] });
    expect(say('来访')).toMatch(/^现在查不到可以选的/);
  });
});

describe('what follows on an answer', () => {
  it('is told above the next question, and kept for later requests', () => {
    service.accept('visit.keep', { ticket: 't-2', said: '为您留到十点。' });
    expect(say('来访', '1', '1')).toMatch(/^为您留到十点。\n\n下面要请您/);
    expect(talk.state.frame).toMatchObject({ facts: { ticket: 't-2' } });
    expect(service.payloadsOf('visit.keep')).toEqual([{ form: 'visit', values: { hall: 'a', time: '1' } }]);
  });

  it('that is refused asks again, with what there is now', () => {
    service.refuse('visit.keep', '刚被约走。');
    service.offer('visit.times', [option('1'), option('2')]);
    expect(say('来访', '1')).toContain('【1】第1项');
    service.offer('visit.times', [option('2'), option('4')]);
    expect(say('第2项')).toMatch(/^刚被约走。\n\n（2\/3）几点？\n【1】第2项\n【2】第4项/);
  });

  it('is done again when the citizen steps back over it', () => {
    say('来访', '1', '1', '#', '2');
    expect(service.payloadsOf('visit.keep')).toMatchObject([
      { values: { time: '1' } },
      { values: { time: '2' }, facts: { ticket: 't-1' } },
    ]);
  });

  it('is undone by 取消, and only where there is something to undo', () => {
    say('来访', '1', '取消');
    expect(service.payloadsOf('visit.drop')).toEqual([]);
    expect(say('来访', '2', '1', '1', '取消')).toContain('已离开“来访”');
    expect(service.payloadsOf('visit.drop')).toMatchObject([{ facts: { ticket: 't-1' } }]);
    expect(service.requests.at(-1)?.required).toBe(false);
  });

  it('is undone when consent is refused, and nothing personal goes along', () => {
    say('来访', '1', '1', '不同意');
    expect(service.payloadsOf('visit.drop')).toEqual([
      { form: 'visit', values: { hall: 'a', time: '1' }, facts: { ticket: 't-1' } },
    ]);
  });
});

describe('a change of mind', () => {
  it('about an earlier answer asks anew what was offered because of it', () => {
    expect(say('来访', '1', '1', '同意', phone, '1', '2')).toMatch(/^（2\/3）几点？\n【1】第1项/);
    expect(say('2')).toContain('【1】大厅：第b项\n【2】时间：第2项\n【3】电话：138****5678');
  });

  it('back to the same answer asks nothing anew', () => {
    expect(say('来访', '1', '1', '同意', phone, '1', '1')).toContain('请核对“来访”');
  });
});

describe('a submission that is refused', () => {
  it('asks the step again that can mend it', () => {
    service.refuse('visit.book', '这个时间过了。', 'too_late');
    expect(say('来访', '1', '1', '同意', phone, '确认')).toMatch(
      /^这个时间过了。\n\n（2\/3）几点？\n【1】第1项/,
    );
    service.accept('visit.book', { time: '十点' });
    expect(say('2', '确认')).toMatch(/^约好了，十点。/);
  });

  it('closes a form of which no draft is kept', () => {
    open(buildLiveForm({ draftDays: 0 }));
    service.refuse('visit.book', '您来得太多了。');
    expect(say('来访', '1', '1', '同意', phone, '确认')).toMatch(/^您来得太多了。\n\n回复 0/);
    expect(talk.state).toEqual({ frame: null });
  });
});

describe('a form that is gone on with later', () => {
  it('does anew what its steps did, and asks for nothing that is still good', () => {
    say('来访', '2', '1', '取消');
    service.accept('visit.keep', { ticket: 't-9', said: '又为您留着。' });
    expect(say('来访', '1')).toMatch(/^又为您留着。\n\n下面要请您/);
    expect(talk.state.frame).toMatchObject({ facts: { ticket: 't-9' }, answers: { hall: { value: 'b' } } });
  });

  it('asks anew from the first answer on that is not to be had any more', () => {
    say('来访', '2', '1', '取消');
    service.offer('visit.halls', [option('a'), option('b', { disabled: '停办' })]);
    expect(say('来访', '1')).toMatch(/^（1\/3）哪个大厅？/);
    expect(talk.state.frame).toMatchObject({ answers: {} });
  });

  it('asks anew where what follows is refused', () => {
    say('来访', '2', '1', '取消');
    service.refuse('visit.keep', '刚被约走。');
    expect(say('来访', '1')).toMatch(/^刚被约走。\n\n（2\/3）几点？/);
  });

  it('under another release says so, and is brought up to date', () => {
    say('来访', '2', '1', '同意');
    const [, ...steps] = buildLiveForm().steps;
    talk.release = buildRelease(content, 2, [buildLiveForm({ steps })]);
    expect(say(phone)).toMatch(/^“来访”刚刚更新过[^]*（2\/2）请留电话。/);
    expect(talk.state.frame).toMatchObject({ answers: { time: { value: '1', label: '第1项' } } });
  });
});

describe('an option that leads to another form', () => {
  const other = buildForm({
    id: 'queue',
    title: '排队',
    words: ['排队'],
    intro: undefined,
    steps: [
      { key: 'hall', type: 'choice', label: '大厅', question: '哪个？', options: { ask: 'visit.halls' } },
      { key: 'phone', type: 'phone', label: '电话', question: '请留电话。', personal: true },
      {
        key: 'sure',
        type: 'choice',
        label: '排队',
        question: '排吗？',
        options: [
          { value: 'yes', label: '排' },
          { value: 'no', label: '换一家', opens: 'visit' },
        ],
      },
    ],
  });

  beforeEach(() => {
    open(buildLiveForm(), other);
    service.offer('visit.times', [option('1'), option('all', { note: '已满，可排队', opens: 'queue' })]);
  });

  it('goes on there with what was answered, and takes nothing personal along', () => {
    expect(say('来访', '2', '1', '同意', phone, '2')).toContain('（2/3）几点？');
    expect(say('2')).toContain('同意请回复“同意”');
    expect(talk.state.frame).toMatchObject({ form: 'queue', answers: { hall: { value: 'b' } } });
    expect(JSON.stringify(talk.state)).not.toContain(phone);
    expect(service.payloadsOf('visit.drop')).toHaveLength(1);
  });

  it('and back', () => {
    expect(say('来访', '2', '2', '同意', phone, '换一家')).toMatch(/^（2\/3）几点？/);
    expect(talk.state.frame).toMatchObject({ form: 'visit', answers: { hall: { value: 'b' } } });
    say('取消');
    expect(talk.state.frame).toBeNull();
  });

  it('that the program does not have is an ordinary option', () => {
    open(buildLiveForm());
    expect(say('来访', '2', '2')).toContain('同意请回复“同意”');
  });
});

describe('a form that is not reviewed', () => {
  it('without steps is submitted as it is opened, and keeps why it was', () => {
    open(buildLiveForm({ steps: [], submit: 'visit.mine', done: '{text}' }));
    service.accept('visit.mine', { text: '您有一个预约。' });
    const turn = talk.say('来访');
    expect(textOf(turn)).toMatch(/^您有一个预约。\n\n回复 0/);
    expect(turn.decision).toEqual({ step: 'command', word: '来访', form: 'visit' });
    expect(turn.state).toEqual({ frame: null });
  });

  it('is submitted once everything is answered', () => {
    const steps = buildLiveForm().steps.slice(0, 1);
    open(buildLiveForm({ steps, reviewed: false, draftDays: 0 }));
    expect(say('来访', '2')).toMatch(/^约好了，九点。/);
    service.offer('visit.halls', [option('a')]);
    expect(say('来访')).toMatch(/^约好了，九点。/);
    service.refuse('visit.book', '今天不行。');
    expect(say('来访')).toMatch(/^今天不行。/);
    service.outcomes['visit.book'] = { kind: 'unavailable' };
    expect(say('来访')).toMatch(/^现在没能办成/);
    expect(talk.state).toEqual({ frame: null });
  });

  it('says what it was told to say when it is left', () => {
    open(buildLiveForm({ left: '一切照旧。', draftDays: 0 }));
    expect(say('来访', '1', '取消')).toMatch(/^一切照旧。/);
    expect(talk.state.drafts).toBeUndefined();
  });
});

describe('a form that begins with a request', () => {
  it('is opened from everywhere, and the decision says how', () => {
    const tree = [{ id: 'visit-here', number: 7, title: '来访', form: 'visit' }];
    const release = buildRelease(buildContent({ ...content, tree, buttons: [] }), 1, [buildLiveForm()]);
    const openBy = () => {
      talk = new Conversation(release);
      talk.service = service.answer;
      return talk;
    };
    const answers = [
      openBy().say('我来做来访登记'),
      openBy().do({ kind: 'click', key: 'form:visit' }),
      openBy().do({ kind: 'scan', scene: 'hall' }),
      openBy().say('7'),
    ];
    expect(answers.map((turn) => textOf(turn).includes('（1/3）'))).toEqual([true, true, true, true]);
    expect(answers.map(({ decision }) => decision.step)).toEqual(['contains', 'click', 'scan', 'frame']);
    expect(answers.every(({ decision }) => decision.form === 'visit')).toBe(true);
  });

  it('greets those who begin to follow through its code', () => {
    const text = textOf(talk.do({ kind: 'follow', scene: 'hall' }));
    expect(text).toMatch(/^您好，这里是平安某市（示例）。[^]*（1\/3）/);
  });

  it('returns to the place in the menu where it was opened', () => {
    say('3', '来访', '1', '取消');
    expect(talk.say('3').decision.node).toBe('id-card');
  });

  it('stands above what else may have been asked', () => {
    const turn = talk.say('我来做来访登记，另外身份证丢了怎么办');
    expect(textOf(turn)).toMatch(/（1\/3）哪个大厅？[^]*您是不是还想问：\n【1】/);
    expect(turn.decision).toMatchObject({ step: 'contains', form: 'visit', offered: true });
    expect(talk.state.frame).toMatchObject({ kind: 'form', back: { shown: expect.any(Array) } });
  });
});

describe('what a form may be', () => {
  const { steps, ...form } = buildLiveForm();

  it('has no personal step whose options come from a service', () => {
    const [hall, ...others] = steps;
    const personal = formSchema.safeParse({ ...form, steps: [{ ...hall, personal: true }, ...others] });
    expect(personal.error?.issues[0]?.message).toContain('cannot be personal');
  });
});
