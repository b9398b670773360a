import { describe, expect, it } from '@jest/globals';
import { clausesOf, readQuery } from '../../../src/dialog/understanding/query.js';

describe('readQuery', () => {
  it('normalises, simplifies and folds', () => {
    expect(readQuery('　身份證 丟了，怎麼補？ ')).toEqual({
      text: '身份证 丢了,怎么补',
      words: '身份证丢了,怎么补',
    });
  });
});

describe('clausesOf', () => {
  it('leaves out greetings', () => {
    expect(clausesOf(readQuery('你好，请问。护照丢了，怎么补'))).toEqual(['护照丢了', '怎么补']);
  });

  it('is the message where there is nothing else', () => {
    expect(clausesOf(readQuery('你好'))).toEqual(['你好']);
    expect(clausesOf(readQuery('？'))).toEqual(['?']);
  });
});
