import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { canonicalJson } from '../../../../src/core/canonical-json.js';
import { contentSchema } from '../../../../src/dialog/content-model.js';
import { contentToItems, itemsToContent } from '../../../../src/features/content/items/content-items.js';
import { freezeContent, thawContent } from '../../../../src/features/content/items/frozen-content.js';
import { buildContent, textReply } from '../../../support/content-builder.js';
import { hashOf } from '../../../support/content-services.js';

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

describe('content taken apart', () => {
  it('comes together again, with siblings by number and the rest by id', () => {
    const content = buildContent();
    const { tree, replies, rules } = itemsToContent(contentToItems(content).toReversed());

    expect(tree).toEqual(content.tree);
    expect(replies).toEqual(content.replies.toSorted((one, other) => (one.id < other.id ? -1 : 1)));
    expect(rules.map(({ id }) => id)).toEqual(content.rules.map(({ id }) => id).sort());
  });

  it('gives items of which each fits the schema of the whole', () => {
    const back = itemsToContent(contentToItems(buildContent()));

    expect(contentSchema.parse(back)).toEqual(back);
  });

  it('is no content when a node hangs nowhere', () => {
    const items = contentToItems(buildContent()).filter(({ id }) => id !== 'id-card');

    expect(() => itemsToContent(items)).toThrow(expect.objectContaining({ code: 'content_incomplete' }));
  });
});

describe('frozen content', () => {
  it('has the SHA-256 of its lines as its hash', async () => {
    const { hash, lines, bytes } = await freezeContent(buildContent());
    const text = lines.map((line) => `${line}\n`).join('');

    expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
    expect(bytes).toBe(Buffer.byteLength(text));
  });

  it('has another hash after every change of a word', async () => {
    const one = buildContent({ replies: [textReply('help', '甲')] });
    const other = buildContent({ replies: [textReply('help', '乙')] });

    expect(await hashOf(one)).not.toBe(await hashOf(other));
  });

  it('does not depend on the order in which it was written', async () => {
    const { replies, rules, tree, ...rest } = buildContent();
    const reversed = {
      replies: replies.toReversed(),
      rules: rules.toReversed(),
      tree: tree.toReversed(),
      ...rest,
    };

    expect(await hashOf(reversed)).toBe(await hashOf(buildContent()));
  });

  it('thaws to the same content', async () => {
    const content = itemsToContent(contentToItems(buildContent()));
    const { lines, hash } = await freezeContent(content);

    expect(await thawContent(lines, hash)).toEqual(content);
  });

  it('is refused when a line is missing or altered', async () => {
    const { lines, hash } = await freezeContent(buildContent());
    const altered = lines.map((line) => line.replace('20 元', '200 元'));

    for (const wrong of [lines.slice(1), altered, []]) {
      await expect(thawContent(wrong, hash)).rejects.toMatchObject({ code: 'stored_content_unreadable' });
    }
  });
});
