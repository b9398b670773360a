import { describe, expect, it } from '@jest/globals';
import { ownCopy } from '../../src/core/own-copy.js';

describe('ownCopy', () => {
  it.each(['', 'oCitizen0000000000000000000A', '身份证丢了😀'])('gives the same text: %j', (text) => {
    expect(ownCopy(text)).toBe(text);
  });
});
