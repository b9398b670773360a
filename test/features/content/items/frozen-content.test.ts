import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { canonicalJson, hashContent } from '../../../src/features/content/canonical-content.js';
import { buildContent, textReply } from '../../support/content-builder.js';

describe('the canonical form', () => {
  it('is JSON that says the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('orders keys and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: undefined, A: '甲' })).toBe(
      '{"A":"甲","b":[{"c":null,"d":1}]}',
    );
  });
});

describe('the hash of a content', () => {
  it('is SHA-256 in hex', () => {
    const content = buildContent();
    const ordered = {
      ...content,
      replies: content.replies.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
      rules: content.rules.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    };

    expect(hashContent(content)).toBe(createHash('sha256').update(canonicalJson(ordered)).digest('hex'));
  });

  it('changes with every word', () => {
    const one = buildContent({ replies: [textReply('help', '甲')] });
    const other = buildContent({ replies: [textReply('help', '乙')] });

    expect(hashContent(one)).not.toBe(hashContent(other));
  });

  it('changes with the order of the menu, which citizens see', () => {
    const { tree } = buildContent();

    expect(hashContent(buildContent({ tree: tree.toReversed() }))).not.toBe(hashContent(buildContent()));
  });
});
