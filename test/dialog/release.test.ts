import { describe, expect, it } from '@jest/globals';
import { OperationalError } from '../../src/core/errors.js';
import { compileInSlices, type Release } from '../../src/dialog/release.js';
import { buildContent, textReply, type ContentOverrides } from '../support/content-builder.js';
import { buildRelease, Conversation } from '../support/conversation.js';

describe('compileRelease', () => {
  it.each<[string, ContentOverrides]>([
    ['a reply of the settings', { settings: { help: 'gone' } }],
    [
      'the reply of a node',
      { tree: [{ id: 'a', number: 1, title: '甲', reply: 'gone' }], rules: [], scenes: [] },
    ],
    ['the target of a rule', { rules: [{ id: 'r', whole: ['甲'], to: { node: 'gone' } }] }],
    ['the target of a QR code', { scenes: [{ scene: 's', title: '甲', opens: { reply: 'gone' } }] }],
    ['the emergency reply', { emergency: { reply: 'gone', words: ['救命'] } }],
  ])('refuses content that lacks %s', (_what, overrides) => {
    expect(() => buildRelease(buildContent(overrides))).toThrow(OperationalError);
    expect(() => buildRelease(buildContent(overrides))).toThrow(/gone/);
  });

  it('refuses a node that occurs twice', () => {
    const tree = [1, 2].map((number) => ({ id: 'same', number, title: '甲' }));
    expect(() => buildRelease(buildContent({ tree, rules: [], scenes: [] }))).toThrow(/same occurs twice/);
  });

  it('lists the choices by number, whatever their order in the content', () => {
    const tree = buildContent().tree.toReversed();
    expect(buildRelease(buildContent({ tree })).root.shown.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  it('gives the same frozen replies to everyone', () => {
    const release = buildRelease();
    const { replies } = new Conversation(release).say('3');
    expect(new Conversation(release).say('3').replies).toBe(replies);
    expect(Object.isFrozen(replies) && replies.every((reply) => Object.isFrozen(reply))).toBe(true);
  });

  it('takes a handoff that is not text', () => {
    const handoff = { id: 'handoff', title: '人工', type: 'transfer' } as const;
    const old = { ...textReply('help'), expires: '2020-01-01' };
    const talk = new Conversation(buildRelease(buildContent({ replies: [handoff, old] })));
    expect(talk.say('人工').replies).toEqual([{ kind: 'transfer' }]);
    expect(talk.say('帮助').replies).toEqual([
      {
        kind: 'text',
        text: '“help”这条内容已过有效期，正在更新。\n\n着急的话，请回复“人工”，问问工作人员。',
      },
    ]);
  });
});

describe('compileInSlices', () => {
  it('pauses on the way to the same release', () => {
    const replies = Array.from({ length: 450 }, (_, index) => textReply(`reply-${index}`));
    const content = buildContent({ replies });
    const slices = compileInSlices({ accountId: 'test', number: 1, hash: 'hash-1', content });
    let pauses = 0;
    let slice: IteratorResult<undefined, Release> = slices.next();
    for (; !slice.done; slice = slices.next()) pauses += 1;
    expect(pauses).toBeGreaterThan(8);
    const atOnce = buildRelease(content);
    expect(slice.value.replies).toEqual(atOnce.replies);
    expect(slice.value.places).toEqual(atOnce.places);
    expect(new Conversation(slice.value).say('身份证丢了')).toEqual(
      new Conversation(atOnce).say('身份证丢了'),
    );
  });
});
