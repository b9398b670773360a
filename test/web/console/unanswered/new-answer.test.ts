import { describe, expect, it } from '@jest/globals';
import { beginAnswer, isTouched, toNewAnswer } from '../../../../src/web/console/unanswered/new-answer.js';

describe('a new answer', () => {
  it('begins with the question as its title, cut to what the menu and the list hold', () => {
    expect(beginAnswer('问'.repeat(50))).toMatchObject({
      title: '问'.repeat(40),
      nodeTitle: '问'.repeat(20),
      text: '',
    });
  });

  it('is worth a question before it is thrown away once something was typed', () => {
    const draft = beginAnswer('鸽子归谁喂');
    expect(isTouched(draft, '鸽子归谁喂')).toBe(false);
    expect(isTouched({ ...draft, text: '由' }, '鸽子归谁喂')).toBe(true);
  });

  it('goes into the menu only where that was asked for; an empty parent is the first level', () => {
    const draft = { ...beginAnswer('鸽子'), text: '由园林所喂。' };
    expect(toNewAnswer(draft)).toEqual({ title: '鸽子', text: '由园林所喂。' });
    expect(toNewAnswer({ ...draft, hasNode: true })).toMatchObject({ node: { parent: null, title: '鸽子' } });
    expect(toNewAnswer({ ...draft, hasNode: true, parent: 'birth' })).toMatchObject({
      node: { parent: 'birth' },
    });
  });
});
