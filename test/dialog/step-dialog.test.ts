import { describe, expect, it } from '@jest/globals';
import { buttonKey } from '../../src/dialog/button-key.js';
import { buildContent, textReply } from '../support/content-builder.js';
import { buildRelease, Conversation, menuOf, textOf } from '../support/conversation.js';

const MAIN_MENU = '【1】110与紧急求助\n【2】交通管理\n【3】户籍\n【4】护照';

describe('choosing by number', () => {
  it('leads from the main menu to a page with its list', () => {
    const turn = new Conversation().say('1');
    expect(textOf(turn)).toBe(
      '遇到危险请拨打 110。\n\n【1】短信报警\n【2】谎报警情\n\n回复数字选择，# 返回，0 主菜单',
    );
    expect(turn.decision).toEqual({ step: 'frame', node: 'police', word: '1' });
  });

  it('leads down from the list seen last', () => {
    const talk = new Conversation();
    talk.say('3');
    talk.say('三');
    expect(talk.say('2').decision.node).toBe('id-card-lost');
    expect(menuOf(talk.state)?.path).toEqual(['household', 'id-card', 'id-card-lost']);
  });

  it.each(['3-3-1', '3。3。1', '331', '三三一'])('follows the written path %s', (path) => {
    expect(new Conversation().say(path).decision.node).toBe('id-card-renew');
  });

  it('stops a path where it ends, and shows the list there', () => {
    const talk = new Conversation();
    const turn = talk.say('3-3-7');
    expect(textOf(turn)).toBe(
      '没有“3-3-7”这个选项，可以选这些：\n【1】到期换证\n【2】丢失补领\n\n回复数字选择，# 返回，0 主菜单',
    );
    expect(talk.say('2').decision.node).toBe('id-card-lost');
  });

  it('stops a path below a leaf at the list that holds the leaf', () => {
    const talk = new Conversation();
    expect(textOf(talk.say('3-1-1'))).toContain('【3】身份证');
    expect(talk.say('2').decision.node).toBe('moving');
  });

  it('says that there is no such choice and shows the list again', () => {
    const talk = new Conversation();
    talk.say('1');
    const turn = talk.say('7');
    expect(textOf(turn)).toMatch(/^没有“7”这个选项/);
    expect(textOf(turn)).toContain('【2】谎报警情');
    expect(turn.decision).toEqual({ step: 'frame', word: '7' });
    expect(talk.say('2').decision.node).toBe('police-false');
  });

  it('keeps the list seen last while leaves are read', () => {
    const talk = new Conversation();
    talk.say('3');
    talk.say('1');
    expect(talk.say('2').decision.node).toBe('moving');
  });

  it('prefers the list to a keyword of digits, and a keyword to a path of digits', () => {
    const content = buildContent({
      rules: [
        { id: 'one', whole: ['1'], to: { reply: 'help' } },
        { id: 'thirty-one', whole: ['31'], to: { reply: 'help' } },
      ],
    });
    expect(new Conversation(buildRelease(content)).say('1').decision.node).toBe('police');
    expect(new Conversation(buildRelease(content)).say('31').decision.rule).toBe('thirty-one');
    expect(new Conversation(buildRelease(content)).say('32').decision.node).toBe('moving');
  });

  it.each(['110', '１１０', '回复110', '一一零'])('finds the hotline %s among the keywords', (text) => {
    expect(new Conversation().say(text).decision).toMatchObject({ step: 'whole', rule: 'hotline' });
  });

  it('tells the keys below a leaf', () => {
    expect(textOf(new Conversation().say('2-1'))).toBe('可以在交管12123上处理。\n\n# 返回，0 主菜单');
  });

  it('gives articles without a second message when nothing lies below them', () => {
    expect(new Conversation().say('4').replies.map(({ kind }) => kind)).toEqual(['articles']);
  });

  it('begins again at the main menu when the place has expired', () => {
    const talk = new Conversation();
    talk.say('3');
    talk.pass(30);
    expect(talk.say('1').decision.node).toBe('police');
  });

  it('keeps the place for thirty minutes after each message', () => {
    const talk = new Conversation();
    talk.say('3');
    talk.pass(29);
    talk.say('帮助');
    talk.pass(29);
    expect(talk.say('1').decision.node).toBe('birth');
  });
});

describe('commands', () => {
  it.each(['0', '０', '零', '回复0', '菜单', '主菜单', 'MENU', '首页。'])(
    '%s shows the main menu',
    (text) => {
      const talk = new Conversation();
      talk.say('3');
      const turn = talk.say(text);
      expect(textOf(turn)).toBe(`主菜单\n${MAIN_MENU}\n\n回复数字选择，或者直接说您要办的事`);
      expect(turn.decision.step).toBe('command');
      expect(menuOf(talk.state)?.path).toEqual([]);
    },
  );

  it.each(['#', '＃', '#️⃣', '*', '返回', '上一级'])('%s goes one list up', (text) => {
    const talk = new Conversation();
    talk.say('3-3');
    expect(talk.say(text).decision.node).toBe('household');
    expect(talk.say(text).decision.node).toBeUndefined();
    expect(menuOf(talk.state)?.path).toEqual([]);
  });

  it('# at the main menu shows the main menu', () => {
    expect(textOf(new Conversation().say('#'))).toContain(MAIN_MENU);
  });

  it('# leads from a leaf that a keyword reached to the list that holds it', () => {
    const talk = new Conversation();
    talk.say('我要换身份证');
    expect(talk.say('#').decision.node).toBe('id-card');
  });

  it.each([
    ['帮助', 'help'],
    ['？', 'help'],
    ['人工客服', 'handoff'],
  ])('%s gives the reply for it and keeps the place', (text, reply) => {
    const talk = new Conversation();
    talk.say('3');
    expect(talk.say(text).decision).toMatchObject({ step: 'command', reply });
    expect(talk.say('2').decision.node).toBe('moving');
  });

  it('取消 says that there is nothing to cancel and keeps the place', () => {
    const talk = new Conversation();
    talk.say('3');
    expect(textOf(talk.say('取消'))).toContain('现在没有要取消的事');
    expect(talk.say('2').decision.node).toBe('moving');
  });
});

describe('emergencies', () => {
  it.each(['救命', '救 命！！', '有人拿刀砍人'])('%s comes before everything', (text) => {
    const turn = new Conversation().say(text);
    expect(textOf(turn)).toBe('请马上拨打 110。');
    expect(turn.decision.step).toBe('emergency');
  });

  it('is passed over where all else reads like a joke', () => {
    expect(new Conversation().say('身份证丢了救命').decision.step).toBe('contains');
  });

  it('is none where an innocent phrase covers the word', () => {
    expect(new Conversation().say('请问如何报警').decision.step).not.toMatch(/emergency|doubtful/);
  });

  it('is one where a second word stands beside the innocent phrase', () => {
    expect(new Conversation().say('如何报警 救命').decision).toMatchObject({
      step: 'emergency',
      word: '救命',
    });
    expect(new Conversation().say('我要报警，如何报警').decision.step).toMatch(/emergency|doubtful/);
  });

  it('leaves the place in the menu as it is', () => {
    const talk = new Conversation();
    talk.say('3');
    talk.say('救命');
    expect(talk.say('2').decision.node).toBe('moving');
  });

  it('is answered even by a reply past its day', () => {
    const content = buildContent({
      replies: [{ id: 'emergency', title: '紧急', type: 'text', text: '拨打 110', expires: '2020-01-01' }],
    });
    expect(textOf(new Conversation(buildRelease(content)).say('救命'))).toBe('拨打 110');
  });
});

describe('keywords', () => {
  it('prefer the whole message', () => {
    expect(new Conversation().say('户籍。').decision).toEqual({
      step: 'whole',
      rule: 'household',
      word: '户籍',
      node: 'household',
    });
  });

  it('are found within the message, not the message within them', () => {
    expect(new Conversation().say('我的身份证过期了怎么办').decision.node).toBe('id-card-renew');
    expect(new Conversation().say('身份').decision.step).toBe('fallback');
  });

  it('of higher priority win over longer ones', () => {
    const rules = [
      { id: 'long', contains: ['身份证办理'], priority: 10, to: { reply: 'help' } },
      { id: 'high', contains: ['办理'], priority: 60, to: { reply: 'handoff' } },
    ];
    const talk = new Conversation(buildRelease(buildContent({ rules })));
    expect(talk.say('身份证办理').decision.rule).toBe('high');
  });

  it('of equal priority win by length', () => {
    expect(new Conversation().say('身份证丢了').decision.rule).toBe('id-card-lost');
  });

  it('that tie for one target lead there by the earliest rule', () => {
    const rules = ['first', 'second'].map((id) => ({ id, contains: ['护照'], to: { node: 'passport' } }));
    const talk = new Conversation(buildRelease(buildContent({ rules })));
    expect(talk.say('护照').decision.rule).toBe('first');
  });

  it('that tie for several targets ask which one is meant', () => {
    const talk = new Conversation();
    const turn = talk.say('护照和户口怎么办');
    expect(textOf(turn)).toBe('您想问的是哪一项？\n【1】户籍\n【2】护照\n\n回复数字选择，0 主菜单');
    expect(turn.decision).toEqual({ step: 'suggest', word: '户口' });
    expect(talk.say('2').decision.node).toBe('passport');
  });

  it('suggest five at most', () => {
    const rules = Array.from('甲乙丙丁戊己庚', (word, index) => ({
      id: `rule-${index}`,
      contains: [word],
      to: { reply: `reply-${index}` },
    }));
    const replies = rules.map(({ to }) => textReply(to.reply));
    const talk = new Conversation(buildRelease(buildContent({ rules, replies })));
    talk.say('庚己戊丁丙乙甲');
    expect(menuOf(talk.state)?.shown).toHaveLength(5);
    expect(talk.say('5').decision.reply).toBe('reply-4');
  });

  it('that lead to a reply keep the place in the menu', () => {
    const talk = new Conversation();
    talk.say('3');
    expect(talk.say('身份证丢了').decision.reply).toBe('id-card-lost');
    expect(talk.say('2').decision.node).toBe('moving');
  });
});

describe('what is not understood', () => {
  it.each(['今天天气怎么样', '', ' ', '😀😀', '……'])('%j gets a kind answer and the main menu', (text) => {
    const talk = new Conversation();
    talk.say('3');
    const turn = talk.say(text);
    expect(textOf(turn)).toMatch(/^这个问题我还答不上来/);
    expect(textOf(turn)).toContain(MAIN_MENU);
    expect(turn.decision).toEqual({ step: 'fallback' });
    expect(talk.say('1').decision.node).toBe('police');
  });
});

describe('following and scanning', () => {
  it('welcomes with the main menu in one text', () => {
    const turn = new Conversation().do({ kind: 'follow' });
    expect(textOf(turn)).toBe(
      `您好，这里是平安某市（示例）。\n\n${MAIN_MENU}\n\n回复数字选择，或者直接说您要办的事`,
    );
    expect(turn.decision).toEqual({ step: 'follow' });
  });

  it('welcomes through a QR code with the page behind it', () => {
    const talk = new Conversation();
    const turn = talk.do({ kind: 'follow', scene: 'hall-id-card' });
    expect(textOf(turn)).toMatch(/^您好，这里是平安某市（示例）。\n\n身份证\n【1】到期换证/);
    expect(talk.say('2').decision.node).toBe('id-card-lost');
  });

  it('welcomes plainly through an unknown QR code', () => {
    expect(textOf(new Conversation().do({ kind: 'follow', scene: 'old' }))).toContain(MAIN_MENU);
  });

  it('opens the page behind a QR code for a follower', () => {
    const turn = new Conversation().do({ kind: 'scan', scene: 'hall-id-card' });
    expect(turn.decision).toEqual({ step: 'scan', word: 'hall-id-card', node: 'id-card' });
  });

  it('opens the main menu for an unknown QR code', () => {
    expect(textOf(new Conversation().do({ kind: 'scan', scene: 'old' }))).toContain(MAIN_MENU);
  });

  it('forgets the place of a citizen who leaves, in silence', () => {
    const talk = new Conversation();
    talk.say('3');
    expect(talk.do({ kind: 'unfollow' })).toEqual({
      replies: [],
      state: { frame: null },
      decision: { step: 'silent' },
    });
  });
});

describe('buttons', () => {
  it('lead to the same page and the same place as a number', () => {
    const byNumber = new Conversation();
    const byButton = new Conversation();
    const numbered = byNumber.say('3');
    const pressed = byButton.do({ kind: 'click', key: buttonKey({ node: 'household' }) });
    expect(pressed.replies).toEqual(numbered.replies);
    expect(pressed.state).toEqual(numbered.state);
    expect(pressed.decision).toMatchObject({ step: 'click', node: 'household' });
  });

  it('give a reply', () => {
    const turn = new Conversation().do({ kind: 'click', key: buttonKey({ reply: 'handoff' }) });
    expect(turn.decision).toMatchObject({ step: 'click', reply: 'handoff' });
  });

  it.each(['node:retired', 'reply:retired', 'anything'])(
    'with the retired key %s show the main menu',
    (key) => {
      const talk = new Conversation();
      talk.say('3');
      const text = textOf(talk.do({ kind: 'click', key }));
      expect(text).toMatch(/^内容刚刚更新/);
      expect(text).toContain(MAIN_MENU);
      expect(talk.say('1').decision.node).toBe('police');
    },
  );
});

describe('what is not text', () => {
  it.each([
    [{ kind: 'image', mediaId: 'm', url: 'u' }, 'media'],
    [{ kind: 'voice', mediaId: 'm', format: 'amr' }, 'media'],
    [{ kind: 'voice', mediaId: 'm', format: 'amr', recognition: '' }, 'media'],
    [{ kind: 'video', mediaId: 'm', thumbMediaId: 't' }, 'media'],
    [{ kind: 'link', title: 't', url: 'u' }, 'media'],
    [{ kind: 'location', latitude: 24.3, longitude: 116.1, label: '江南' }, 'location'],
  ] as const)('%j gets the reply for it and keeps the place', (input, reply) => {
    const talk = new Conversation();
    talk.say('3');
    expect(talk.do(input).decision).toEqual({ step: 'media', reply });
    expect(talk.say('2').decision.node).toBe('moving');
  });

  it('counts as text where the platform recognised the speech', () => {
    const input = { kind: 'voice', mediaId: 'm', format: 'amr', recognition: '身份证过期了。' } as const;
    expect(new Conversation().do(input).decision.node).toBe('id-card-renew');
  });

  it('is passed over in silence where it is a report of the platform', () => {
    const talk = new Conversation();
    talk.say('3');
    const before = talk.state;
    expect(talk.do({ kind: 'notification', name: 'view' })).toEqual({
      replies: [],
      state: before,
      decision: { step: 'silent' },
    });
  });
});

describe('a new release between two messages', () => {
  const original = buildContent();

  it('keeps the meaning of the numbers that were seen', () => {
    const talk = new Conversation();
    talk.say('0');
    talk.publish(
      buildContent({
        tree: original.tree.toReversed().map((node, index) => ({ ...node, number: index + 1 })),
      }),
    );
    expect(talk.say('3').decision.node).toBe('household');
  });

  it('says that the content changed where the choice is gone, and shows the nearest list', () => {
    const talk = new Conversation();
    talk.say('3-3');
    const household = original.tree[2]!;
    const shorter = { ...household, children: household.children.filter(({ id }) => id !== 'id-card') };
    talk.publish(
      buildContent({ tree: [...original.tree.slice(0, 2), shorter], rules: [], scenes: [], buttons: [] }),
    );
    const turn = talk.say('1');
    expect(textOf(turn)).toMatch(/^内容刚刚更新，请重新选一次：\n【1】出生登记\n【2】户口迁移/);
    expect(talk.say('2').decision.node).toBe('moving');
  });

  it('shows the main menu where nothing of the way is left', () => {
    const talk = new Conversation();
    talk.say('3');
    talk.publish(buildContent({ tree: original.tree.slice(0, 2), rules: [], scenes: [], buttons: [] }));
    expect(textOf(talk.say('1'))).toMatch(/^内容刚刚更新.*\n【1】110与紧急求助\n【2】交通管理\n/);
    talk.say('3-3');
    expect(talk.say('#').decision).toEqual({ step: 'command', word: '#' });
  });

  it('drops from the list shown again what is gone', () => {
    const talk = new Conversation();
    talk.say('0');
    talk.publish(buildContent({ tree: original.tree.slice(0, 3), rules: [] }));
    expect(textOf(talk.say('9'))).not.toContain('护照');
    expect(talk.say('3').decision.node).toBe('household');
  });
});

describe('content past its day', () => {
  const content = buildContent({
    replies: [
      { id: 'household', title: '户籍说明', type: 'text', text: '旧的说明。', expires: '2026-06-02' },
      { id: 'welcome', title: '欢迎', type: 'text', text: '您好。', expires: '2026-06-02' },
    ],
  });
  const talkAt = (time: string) => {
    const talk = new Conversation(buildRelease(content));
    talk.now = Date.parse(time);
    return talk;
  };

  it('is given until the day begins in Beijing', () => {
    expect(textOf(talkAt('2026-06-01T23:59:59.999+08:00').say('3'))).toMatch(/^旧的说明。\n\n【1】出生登记/);
  });

  it('is replaced from then on by a sentence and how to ask, above the same list', () => {
    const talk = talkAt('2026-06-02T00:00:00+08:00');
    expect(textOf(talk.say('3'))).toMatch(
      /^“户籍说明”这条内容已过有效期，正在更新。\n\n要找工作人员，请在工作时间拨打 12345。\n\n【1】出生登记/,
    );
    expect(talk.say('1').decision.node).toBe('birth');
  });

  it('is replaced in the welcome too', () => {
    const turn = talkAt('2026-06-02T00:00:00+08:00').do({ kind: 'follow' });
    expect(textOf(turn)).toMatch(/^“欢迎”这条内容已过有效期/);
    expect(textOf(turn)).toContain(MAIN_MENU);
  });
});
