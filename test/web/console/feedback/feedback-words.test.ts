import { expect, it } from '@jest/globals';
import { nameReply, sayUselessShare } from '../../../../src/web/console/feedback/feedback-words.js';

it('a rating names the reply, and says where it is published no more', () => {
  expect(nameReply({ reply: 'passport', title: '护照' })).toBe('护照');
  expect(nameReply({ reply: 'passport', title: null })).toBe('passport（已不在发布的内容里）');
});

it('a rating says how many of those who judged found no use in it', () => {
  expect(sayUselessShare({ useful: 2, useless: 1 })).toBe('33%');
  expect(sayUselessShare({ useful: 0, useless: 0 })).toBe('');
});
