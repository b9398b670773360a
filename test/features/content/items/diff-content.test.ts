import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Content } from '../../../../src/dialog/content-model.js';
import { itemKey } from '../../../../src/features/content/items/content-item.js';
import { diffContent } from '../../../../src/features/content/items/diff-content.js';
import { freezeContent, readLine } from '../../../../src/features/content/items/frozen-content.js';
import { applyToContent } from '../../../support/apply-changes.js';
import { buildContent, textReply } from '../../../support/content-builder.js';

async function diff(before: Content, after: Content) {
  return diffContent((await freezeContent(before)).lines, (await freezeContent(after)).lines);
}

const word = fc.constantFrom('甲', '乙', '丙', '丁');
/** Contents that differ from one another in replies, rules, the tree and settings. */
const anyContent = fc
  .record({
    replies: fc.uniqueArray(fc.tuple(fc.constantFrom('r1', 'r2', 'r3'), word), { selector: ([id]) => id }),
    words: fc.uniqueArray(word),
    nodes: fc.integer({ min: 1, max: 4 }),
    name: word,
  })
  .map(({ replies, words, nodes, name }) => {
    const { tree, rules } = buildContent();
    return buildContent({
      replies: replies.map(([id, text]) => textReply(id, text)),
      rules: [...rules, { id: 'more', whole: words, to: { node: 'police' } }],
      tree: tree.slice(0, nodes),
      settings: { name },
    });
  });

describe('the differences of two contents', () => {
  it('are none between equal ones', async () => {
    await fc.assert(
      fc.asyncProperty(anyContent, async (content) => {
        expect(await diff(content, structuredClone(content))).toEqual([]);
      }),
    );
  });

  it('carried out on the one give the other', async () => {
    await fc.assert(
      fc.asyncProperty(anyContent, anyContent, async (before, after) => {
        const from = (await freezeContent(before)).lines;
        const to = (await freezeContent(after)).lines;
        const expected = new Map(to.map(readLine).map((item) => [itemKey(item), item.value]));

        expect(applyToContent(from, await diffContent(from, to))).toEqual(expected);
      }),
    );
  });

  it('name the item as a clerk knows it, the field and both sentences', async () => {
    const before = buildContent({ replies: [textReply('birth', '一个月以内申报。')] });
    const after = buildContent({ replies: [textReply('birth', '两个月以内申报。')] });

    expect(await diff(before, after)).toEqual([
      {
        kind: 'reply',
        id: 'birth',
        title: 'birth',
        op: 'changed',
        path: ['text'],
        before: '一个月以内申报。',
        after: '两个月以内申报。',
      },
    ]);
  });

  it('show a moved node as its new place, and nothing of what hangs below it', async () => {
    const { tree } = buildContent();
    const [police, traffic, household, passport] = tree;
    const card = household!.children[2]!;
    const moved = [
      police!,
      { ...traffic!, children: [...traffic!.children, { ...card, number: 2 }] },
      { ...household!, children: household!.children.slice(0, 2) },
      passport!,
    ];

    expect(await diff(buildContent(), buildContent({ tree: moved }))).toMatchObject([
      { kind: 'node', id: 'id-card', path: ['number'], before: 3, after: 2 },
      { kind: 'node', id: 'id-card', path: ['parent'], before: 'household', after: 'traffic' },
    ]);
  });

  it('show a new item as one change of the whole', async () => {
    const after = buildContent({ replies: [textReply('new')] });

    expect(await diff(buildContent(), after)).toMatchObject([
      { kind: 'reply', id: 'new', op: 'added', path: [], after: { id: 'new', type: 'text' } },
    ]);
  });
});
