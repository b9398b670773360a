import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Form } from '../../../src/dialog/forms/form-model.js';
import { dialogStateSchema } from '../../../src/dialog/dialog-state.js';
import { buildContent } from '../../support/content-builder.js';
import { buildRelease, Conversation, menuOf, textOf } from '../../support/conversation.js';
import { buildForm } from '../../support/form-builder.js';

const idNumber = '11010519491231002X';
const content = buildContent({
  rules: [{ id: 'apply', whole: ['申请'], to: { form: 'apply' } }],
  scenes: [{ scene: 'hall', title: '大厅', opens: { form: 'apply' } }],
});

let talk: Conversation;
beforeEach(() => {
  talk = open();
});

function open(...forms: Form[]): Conversation {
  return new Conversation(buildRelease(content, 1, forms.length > 0 ? forms : [buildForm()]));
}

function say(text: string): string {
  return textOf(talk.say(text));
}

/** Says one thing after the other and gives the last answer. */
function sayAll(...texts: string[]): string {
  return texts.map(say).at(-1) ?? '';
}

const toReview = ['登记', '补办证件', '1', '同意', idNumber, '13812345678'];

describe('a form', () => {
  it('asks step by step, shows everything masked, and is submitted once it was confirmed', () => {
    talk.service = () => ({ kind: 'done', facts: { receipt: 'A-1' } });
    expect(say('登记')).toBe('请按提示填写。\n\n（1/4）请写下事由。\n\n# 上一步，取消 离开');
    expect(say('补办证件')).toBe('（2/4）在哪里办？\n【1】城东\n【2】城西\n\n# 上一步，取消 离开');
    expect(say('东边')).toContain('同意请回复“同意”');
    const agreedAt = talk.now;
    expect(say('同意')).toContain('（3/4）请填身份证号。');
    expect(say(idNumber)).toContain('（4/4）请留电话。\n\n跳过 不填');
    expect(say('138 1234 5678')).toBe(
      [
        '请核对“登记”：',
        '【1】事由：补办证件',
        '【2】地点：城东',
        '【3】身份证号：110***********002X',
        '【4】电话：138****5678',
        '',
        '回复“确认”提交，回复数字修改那一项，# 上一步，取消 离开',
      ].join('\n'),
    );
    expect(talk.requests).toEqual([]);
    expect(say('确认')).toMatch(/^好了，编号 A-1。/);
    expect(talk.requests).toEqual([
      {
        name: 'test.submit',
        required: true,
        payload: {
          form: 'apply',
          values: { reason: '补办证件', place: 'east', idNumber, phone: '13812345678' },
          consent: { notice: expect.stringMatching(/^[0-9a-f]{12}$/), at: agreedAt },
        },
      },
    ]);
    expect(talk.state).toEqual({ frame: null });
  });

  it('says who collects what, what for, how long, and what rights there are, before it asks for it', () => {
    const notice = sayAll('登记', '补办证件', '1');
    for (const part of ['平安某市（示例）', '身份证号、电话', '办理登记', '90 天', '回复“人工”'])
      expect(notice).toContain(part);
  });

  it('is opened by a rule, a button, a QR code, and a node of the menu', () => {
    const tree = [{ id: 'apply-here', number: 7, title: '登记', form: 'apply' }];
    const release = buildRelease(buildContent({ ...content, tree, buttons: [] }), 1, [buildForm()]);
    const answers = [
      new Conversation(release).say('申请'),
      new Conversation(release).do({ kind: 'click', key: 'form:apply' }),
      new Conversation(release).do({ kind: 'scan', scene: 'hall' }),
      new Conversation(release).say('7'),
    ];
    expect(answers.map((turn) => textOf(turn).includes('（1/4）'))).toEqual([true, true, true, true]);
    expect(answers.map(({ decision }) => decision.step)).toEqual(['whole', 'click', 'scan', 'frame']);
    expect(answers.every(({ decision }) => decision.form === 'apply')).toBe(true);
  });

  it('greets those who begin to follow through its code', () => {
    const text = textOf(talk.do({ kind: 'follow', scene: 'hall' }));
    expect(text).toMatch(/^您好，这里是平安某市（示例）。[^]*（1\/4）/);
  });

  it('that the program does not have opens nothing: the message goes on to be understood', () => {
    talk = new Conversation(buildRelease(content));
    expect(talk.say('申请').decision.step).toBe('fallback');
  });

  it('alone owns bare digits while it is open', () => {
    talk.say('3');
    expect(say('登记')).toContain('（1/4）');
    expect(sayAll('补办证件', '3')).toContain('1 到 2');
    expect(say('2')).toContain('同意');
  });

  it('returns to the place in the menu where it was opened', () => {
    sayAll('3', '登记', '取消');
    expect(menuOf(talk.state)?.path).toEqual(['household']);
    expect(talk.say('3').decision.node).toBe('id-card');
  });
});

describe('who wants to move within a form', () => {
  it('goes one step back with #, and sees what was filled in, masked', () => {
    sayAll(...toReview.slice(0, -1));
    expect(say('#')).toContain('（3/4）请填身份证号。\n现在填的是：110***********002X');
    expect(say('#')).toContain('（2/4）');
    expect(say('2')).toContain('（4/4）');
    expect(sayAll('跳过')).toContain('【2】地点：城西');
  });

  it('is told when there is nothing before', () => {
    expect(sayAll('登记', '#')).toContain('这已经是第一步了。\n\n（1/4）');
  });

  it('changes one item from the review and comes back to it, or changes nothing with #', () => {
    sayAll(...toReview);
    expect(say('1')).toContain('（1/4）请写下事由。\n现在填的是：补办证件');
    expect(say('换发证件')).toContain('【1】事由：换发证件');
    expect(sayAll('2', '#')).toContain('【2】地点：城东');
    expect(say('#')).toContain('（4/4）');
    expect(sayAll('13900001111', '9')).toContain('没有第 9 项。');
  });

  it('cannot leave with 0, and is told how', () => {
    expect(sayAll('登记', '0')).toBe(
      '正在填“登记”。要离开请回复“取消”，填过的会给您留着。\n\n（1/4）请写下事由。\n\n# 上一步，取消 离开',
    );
    expect(say('主菜单')).toContain('要离开请回复“取消”');
  });

  it('gets the help of the step', () => {
    sayAll(...toReview.slice(0, -1));
    expect(say('帮助')).toContain('手机或座机都可以。');
  });

  it('may pass over what is optional only', () => {
    expect(sayAll('登记', '补办证件', '跳过')).toContain('这一项必须填。');
    expect(sayAll('1', '同意', idNumber, '跳过')).toContain('【4】电话：不填');
    talk.say('确认');
    expect(talk.requests[0]?.payload['values']).toEqual({ reason: '补办证件', place: 'east', idNumber });
  });
});

describe('who gives an answer that cannot be used', () => {
  it('is told what to do, and after three times offered a way out', () => {
    talk.say('登记');
    expect(say('补')).toBe('请再写一点，至少 4 个字。\n\n（1/4）请写下事由。\n\n# 上一步，取消 离开');
    expect(say('补')).not.toContain('人工');
    expect(say('补')).toContain('回复“取消”先离开（填过的给您留着），或回复“人工”找工作人员');
    expect(say('人工')).toContain('12345');
    expect(talk.state.frame).toBeNull();
  });

  it('is not counted against later, once an answer was right', () => {
    sayAll('登记', '补', '补', '补办证件');
    expect(sayAll('9', '8')).not.toContain('人工');
  });

  it('does not get to the staff before, as one word too many', () => {
    expect(sayAll('登记', '人工')).toContain('要离开请回复“取消”');
  });
});

describe('consent', () => {
  it('is not given by anything but the word', () => {
    sayAll('登记', '补办证件', '1');
    for (const text of ['1', '好的', idNumber]) expect(say(text)).toContain('同意请回复“同意”');
    expect(talk.requests).toEqual([]);
  });

  it('that is refused ends a form that cannot do without, and leaves nothing personal', () => {
    const answer = sayAll('登记', '补办证件', '1', '不同意');
    expect(answer).toContain('没有这些信息就办不了');
    expect(talk.state.drafts?.[0]).toMatchObject({ answers: { reason: '补办证件', place: 'east' } });
    expect(talk.state.drafts?.[0]?.consent).toBeUndefined();
  });

  it('that is refused passes over what is optional, until the citizen thinks better of it', () => {
    const steps = buildForm().steps.filter(({ key }) => key !== 'idNumber');
    talk = open(buildForm({ steps }));
    expect(sayAll('登记', '补办证件', '1', '不同意')).toMatch(/^好的，这些信息就不填了。[^]*【3】电话：不填/);
    expect(say('#')).toContain('（2/3）');
    expect(sayAll('1', '3')).toContain('同意请回复“同意”');
    expect(sayAll('同意', '13812345678')).toContain('【3】电话：138****5678');
  });

  it('is asked anew where the notice has changed', () => {
    sayAll(...toReview, '取消');
    const privacy = { ...buildForm().privacy!, retentionDays: 365 };
    talk.release = buildRelease(content, 2, [buildForm({ privacy })]);
    expect(sayAll('登记', '接着')).toContain('365 天');
    expect(say('同意')).toContain('请核对');
  });
});

describe('who leaves a form', () => {
  it('can go on with it, or begin anew', () => {
    expect(sayAll('登记', '补办证件', '取消')).toContain('填过的给您留 7 天，回复“登记”接着填。');
    expect(say('登记')).toBe('上次的“登记”还没有填完。接着上次填吗？\n【1】接着\n【2】重新\n\n取消 离开');
    expect(say('好像是')).toContain('请回复 1 接着填');
    expect(say('1')).toContain('（2/4）');
    expect(sayAll('取消', '登记', '2')).toContain('（1/4）');
    expect(sayAll('换发证件', '2')).toContain('同意');
  });

  it('before anything was filled in leaves nothing', () => {
    expect(sayAll('登记', '取消')).toContain('没有留下任何内容');
    expect(talk.state.drafts).toBeUndefined();
  });

  it('keeps two drafts at most, each for its days', () => {
    talk = open(...['a', 'b', 'c'].map((id) => buildForm({ id, words: [`登记${id}`] })));
    for (const id of ['a', 'b', 'c', 'b'])
      sayAll(
        `登记${id}`,
        ...(talk.state.frame?.kind === 'form' && talk.state.frame.stage === 'resume'
          ? ['1', '1']
          : ['补办证件']),
        '取消',
      );
    expect(talk.state.drafts?.map(({ form }) => form)).toEqual(['b', 'c']);
    talk.pass(7 * 24 * 60);
    talk.say('3');
    expect(talk.state.drafts).toBeUndefined();
  });

  it('by a button gets its page, and is reminded of the form', () => {
    sayAll('登记', '补办证件');
    const turn = talk.do({ kind: 'click', key: 'node:household' });
    expect(turn.decision.node).toBe('household');
    expect(textOf(turn)).toMatch(/“登记”还没有填完，回复“登记”接着填。$/);
    expect(talk.say('1').decision.node).toBe('birth');
  });

  it('by letting its time pass is answered as anybody, and reminded of the form', () => {
    sayAll('登记', '补办证件');
    talk.pass(31);
    const turn = talk.say('2-1');
    expect(turn.decision).toMatchObject({ step: 'frame', node: 'traffic-fine' });
    expect(textOf(turn)).toContain('“登记”还没有填完');
    expect(sayAll('登记', '1')).toContain('（2/4）');
  });

  it('by leaving the account leaves no draft', () => {
    sayAll('登记', '补办证件');
    talk.do({ kind: 'unfollow' });
    expect(talk.state).toEqual({ frame: null });
  });
});

describe('an emergency in a form', () => {
  it('is answered at once, with nothing else, and the form goes on', () => {
    sayAll('登记', '补办证件');
    const turn = talk.say('救命');
    expect(turn.decision.step).toBe('emergency');
    expect(textOf(turn)).toBe('请马上拨打 110。');
    expect(say('1')).toContain('同意');
  });
});

describe('a submission', () => {
  it('that is refused says why and keeps the form open', () => {
    talk.service = () => ({ kind: 'refused', code: 'full', sentence: '今天的名额已满。' });
    expect(sayAll(...toReview, '确认')).toMatch(/^今天的名额已满。/);
    talk.service = () => ({ kind: 'done', facts: {} });
    expect(sayAll('2', '2', '确认')).toContain('好了');
    expect(talk.requests).toHaveLength(2);
  });

  it('that could not be carried out keeps the form open', () => {
    talk.service = () => ({ kind: 'unavailable' });
    expect(sayAll(...toReview, '确认')).toContain('填的内容都还在');
  });
});

describe('a new release inside a form', () => {
  it('whose form is the same changes nothing', () => {
    sayAll('登记', '补办证件');
    talk.release = buildRelease(buildContent(), 2, [buildForm()]);
    expect(say('1')).toContain('同意');
  });

  it('whose form has changed says so, and keeps what is still good', () => {
    sayAll(...toReview);
    const [reason, place, ...rest] = buildForm().steps;
    const options = [
      { value: 'west', label: '城西' },
      { value: 'north', label: '城北' },
    ];
    const steps = [reason!, { ...place!, options } as typeof place & object, ...rest];
    talk.release = buildRelease(content, 2, [buildForm({ steps })]);
    expect(say('确认')).toMatch(/^“登记”刚刚更新过，您填的还能用的都留着。\n\n（2\/4）在哪里办？\n【1】城西/);
    expect(say('2')).toContain('【2】地点：城北\n【3】身份证号：110***********002X');
    expect(talk.requests).toEqual([]);
  });

  it('without the form closes it', () => {
    sayAll('登记', '补办证件');
    talk.release = buildRelease(content, 2);
    expect(say('1')).toContain('这张表单现在不用了');
    expect(talk.state.frame).toBeNull();
  });
});

describe('what a citizen sends into a form', () => {
  it('is private while a personal field is asked, though it was no answer, and though the time has passed', () => {
    sayAll(...toReview.slice(0, 4));
    expect(talk.say('我不记得号码').isPrivate).toBe(true);
    expect(talk.do({ kind: 'image', mediaId: 'm', url: 'u' }).isPrivate).toBe(true);
    expect(talk.say('救命').isPrivate).toBe(true);
    talk.pass(31);
    expect(talk.say('110105194912310021').isPrivate).toBe(true);
    expect(talk.say('110').isPrivate).toBeUndefined();
  });

  it('is not private before', () => {
    expect(['登记', '补办证件', '1', '同意'].map((text) => talk.say(text).isPrivate)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('survives storage as it is', () => {
    sayAll(...toReview, '取消', '登记');
    expect(dialogStateSchema.parse(JSON.parse(JSON.stringify(talk.state)))).toEqual(talk.state);
  });
});

describe('a form about the last answer', () => {
  beforeEach(() => {
    talk = open(
      buildForm({
        aboutLastAnswer: true,
        privacy: undefined,
        steps: [{ key: 'text', type: 'text', label: '问题', question: '哪里不对？' }],
      }),
    );
  });

  it('names it, and hands it in by its id', () => {
    talk.say('3-3-2');
    expect(say('登记')).toContain('您说的是刚才这条回答：“身份证丢失补领”。');
    sayAll('电话不对', '确认');
    expect(talk.requests[0]?.payload['about']).toEqual({ reply: 'id-card-lost', release: 1 });
  });

  it('goes without where there was none', () => {
    expect(say('登记')).toMatch(/^请按提示填写。\n\n（1\/1）/);
    sayAll('电话不对', '确认');
    expect(talk.requests[0]?.payload['about']).toBeUndefined();
  });
});
