import { describe, expect, it } from '@jest/globals';
import { buildContent, textReply } from '../../support/content-builder.js';
import { buildRelease, Conversation, textOf } from '../../support/conversation.js';

const content = buildContent({
  emergency: {
    reply: 'emergency',
    calm: 'calm',
    words: ['救命'],
    kinds: [
      { id: 'fire', title: '火灾', reply: 'fire', dial: ['119'], events: ['着火'] },
      { id: 'crime', title: '违法犯罪', reply: 'crime', events: ['打我'], doubtful: ['报警'] },
    ],
    innocent: ['报警电话'],
  },
  replies: [textReply('fire', '请打119。'), textReply('crime', '请打110。'), textReply('calm', '没事就好。')],
});
const release = buildRelease(content);

function talkAfter(...texts: string[]): Conversation {
  const talk = new Conversation(release);
  texts.forEach((text) => talk.say(text));
  return talk;
}

describe('an emergency', () => {
  it('gets the answer of its kind, and the officer on duty is alerted', () => {
    const talk = new Conversation(release);
    const turn = talk.say('我家着火了快来');
    expect(textOf(turn)).toBe('请打119。');
    expect(turn.decision).toEqual({ step: 'emergency', kind: 'fire', word: '着火', reply: 'fire' });
    expect(talk.requests).toEqual([
      {
        name: 'duty.alert',
        payload: { kind: 'fire', word: '着火', text: '我家着火了快来' },
        required: false,
      },
    ]);
  });

  it('is answered even where nobody can be alerted', () => {
    const talk = new Conversation(release);
    talk.service = () => ({ kind: 'unavailable' });
    expect(textOf(talk.say('救命'))).toBe('请马上拨打 110。');
  });

  it('leaves the place in the menu as it is', () => {
    const talk = talkAfter('3', '救命');
    expect(talk.say('2').decision.node).toBe('moving');
  });
});

describe('what may be an emergency', () => {
  it('shows 110 and 12110, says that this is no police report, and asks', () => {
    const talk = new Conversation(release);
    const turn = talk.say('说是着火');
    expect(textOf(turn)).toMatch(
      /110[^]*12110[^]*119[^]*不是报警渠道[^]*正在发生吗？\n【1】正在发生\n【2】没有/,
    );
    expect(turn.decision).toEqual({ step: 'doubtful', kind: 'fire', word: '着火' });
    expect(talk.requests).toEqual([]);
  });

  it.each(['1', '１', '是的', '正在发生', '嗯！', '快来啊'])('is one for whoever answers %s', (text) => {
    const talk = talkAfter('3', '说是着火');
    expect(textOf(talk.say(text))).toBe('请打119。');
    expect(talk.requests).toMatchObject([{ payload: { kind: 'fire', text: '说是着火' } }]);
  });

  it.each(['2', '没有', '不是。'])('is none for whoever answers %s, and the main menu follows', (text) => {
    const talk = talkAfter('3', '说是着火');
    const turn = talk.say(text);
    expect(textOf(turn)).toMatch(/^没事就好。\n\n【1】110与紧急求助/);
    expect(turn.decision.step).toBe('calmed');
    expect(talk.requests).toEqual([]);
    expect(talk.say('1').decision.node).toBe('police');
  });

  it('is asked once: another message is answered as ever, and numbers count for the menu again', () => {
    const talk = talkAfter('3', '说是着火');
    expect(talk.say('护照').decision.node).toBe('passport');
    expect(talk.state.doubt).toBeUndefined();
  });

  it('is forgotten after ten minutes', () => {
    const talk = talkAfter('3', '说是着火');
    talk.pass(11);
    expect(talk.say('1').decision).toMatchObject({ step: 'frame', node: 'birth' });
  });

  it('becomes one as soon as the citizen says more', () => {
    const talk = talkAfter('说是着火');
    expect(talk.say('他在打我').decision).toMatchObject({ step: 'emergency', kind: 'crime' });
  });
});

describe('what is no emergency', () => {
  it.each(['着火了对方要赔多少', '怎么报警', '报警电话是多少', '去年他打我的案子结了吗'])('%s', (text) => {
    expect(['emergency', 'doubtful']).not.toContain(new Conversation(release).say(text).decision.step);
  });

  it('a digit without a question before it', () => {
    expect(new Conversation(release).say('1').decision.node).toBe('police');
  });
});
