import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileRelease, type Release } from '../../../src/dialog/release.js';
import { loadContentFiles } from '../../../src/features/content/files/load-content-files.js';
import { Conversation } from '../../support/conversation.js';

let sample: Release;
beforeAll(async () => {
  const loaded = await loadContentFiles('.', 'pingan-meizhou');
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  const { content } = loaded;
  sample = compileRelease({ accountId: 'pingan-meizhou', number: 1, hash: 'files', content });
});

function decide(text: string) {
  return new Conversation(sample).say(text).decision;
}

describe('a text that reads like danger, in words that nobody listed', () => {
  it('is asked about, though the search holds something else for probable', () => {
    expect(decide('阿公行到山上还未转来').step).toBe('doubtful');
  });

  it('is answered where what it asks is beyond doubt', () => {
    expect(decide('身份证丢了怎么补办 急死我了')).toMatchObject({ node: 'id-card-lost' });
  });
});
