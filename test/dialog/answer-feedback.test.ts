import { beforeEach, describe, expect, it } from '@jest/globals';
import { phrases } from '../../src/dialog/phrases.js';
import { buildContent, textReply } from '../support/content-builder.js';
import { Conversation, textOf } from '../support/conversation.js';

let talk: Conversation;
beforeEach(() => {
  talk = new Conversation();
});

describe('a word about the last answer', () => {
  it.each([
    ['有用', true],
    ['有帮助！', true],
    ['没用', false],
    ['不对。', false],
  ])('%s is a vote on the reply that was given', (word, useful) => {
    talk.say('身份证丢了');
    const answeredAt = talk.now;
    talk.pass(5);
    talk.say(word);

    expect(talk.requests).toEqual([
      {
        name: 'feedback.rate',
        payload: { reply: 'id-card-lost', release: 1, answeredAt, useful },
        required: false,
      },
    ]);
  });

  it('is thanked for, and whoever was not helped is told how to go on', () => {
    talk.say('身份证丢了');
    expect(textOf(talk.say('有用'))).toBe(phrases.thanksForUseful);
    expect(textOf(talk.say('没用'))).toMatch(/人工.*纠错/s);
  });

  it('is thanked for even where the vote cannot be kept', () => {
    talk.service = () => ({ kind: 'unavailable' });
    talk.say('身份证丢了');
    expect(textOf(talk.say('有用'))).toBe(phrases.thanksForUseful);
  });

  it('is about the reply of the page, however the citizen came there', () => {
    for (const steps of [['3', '3', '2'], ['3-3-2'], ['身份证丢了']]) {
      talk = new Conversation();
      for (const step of steps) talk.say(step);
      talk.say('有用');
      expect(talk.requests).toMatchObject([{ payload: { reply: 'id-card-lost' } }]);
    }
  });

  it('is about the answer of the release that gave it', () => {
    talk.say('身份证丢了');
    talk.publish(buildContent({ replies: [textReply('id-card-lost', '改过了。')] }));
    talk.say('没用');
    expect(talk.requests).toMatchObject([{ payload: { release: 1 } }]);
    talk.say('身份证丢了');
    talk.say('没用');
    expect(talk.requests).toMatchObject([{}, { payload: { release: 2 } }]);
  });

  it('is about the last answer although the citizen has looked at a list, or at the help, since', () => {
    talk.say('身份证丢了');
    for (const text of ['#', '0', '帮助', '有用']) talk.say(text);
    expect(talk.requests).toMatchObject([{ payload: { reply: 'id-card-lost' } }]);
  });

  it('may be said again, about the same answer', () => {
    talk.say('身份证丢了');
    talk.say('有用');
    talk.say('没用');
    const [first, second] = talk.requests.map(({ payload }) => payload);
    expect(second).toEqual({ ...first, useful: false });
  });

  it('leaves the citizen at the same place', () => {
    talk.say('3');
    talk.say('有用');
    expect(talk.say('1').decision).toMatchObject({ step: 'frame', node: 'birth' });
  });
});

describe('a word about no answer', () => {
  it.each([
    ['at the very beginning', []],
    ['after a list', ['2']],
    ['after a question that was not understood', ['身份证丢了', '广场上的鸽子归谁喂']],
  ])('is no vote %s', (_when, before: string[]) => {
    for (const text of before) talk.say(text);
    const turn = talk.say('没用');
    expect(textOf(turn)).toBe(phrases.nothingToJudge);
    expect(turn.decision.step).toBe('feedback');
    expect(talk.requests).toEqual([]);
  });

  it('is no vote a day later', () => {
    talk.say('身份证丢了');
    talk.pass(24 * 60);
    talk.say('没用');
    expect(talk.requests).toEqual([]);
  });
});

it('is asked for only below what the search found, since only the search can be mistaken', () => {
  const found = talk.say('小孩出生登记');
  expect(found.decision).toMatchObject({ step: 'search', node: 'birth' });
  expect(textOf(found)).toMatch(new RegExp(`${phrases.feedbackHint}$`));
  for (const text of ['身份证丢了', '3-1'])
    expect(textOf(talk.say(text))).not.toContain(phrases.feedbackHint);
});

it.each(['这个办法没用', '有用户名吗', '身份证丢了没用'])('%s is a question and not a vote', (text) => {
  talk.say('户口');
  expect(talk.say(text).decision.step).not.toBe('feedback');
});
