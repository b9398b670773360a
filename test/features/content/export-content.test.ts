import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Content, MenuNode } from '../../../src/dialog/content-model.js';
import { exportContent, renderContentFiles } from '../../../src/features/content/files/export-content.js';
import { loadContentFiles } from '../../../src/features/content/files/load-content-files.js';
import { contentToItems, itemsToContent } from '../../../src/features/content/items/content-items.js';
import { buildContent, textReply } from '../../support/content-builder.js';
import { hashOf } from '../../support/content-services.js';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'suishen-export-'));
});

afterEach(() => rm(root, { recursive: true }));

const inOrder = (content: Content) => itemsToContent(contentToItems(content));

async function importContent(): Promise<Content> {
  const loaded = await loadContentFiles(root, 'demo');
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  return loaded.content;
}

describe('exported content', () => {
  it('comes back the same, whatever it says', async () => {
    await fc.assert(
      fc.asyncProperty(anyContent(), async (content) => {
        await exportContent(content, root, 'demo');
        const back = await importContent();

        expect(inOrder(back)).toEqual(inOrder(content));
        expect(await hashOf(back)).toBe(await hashOf(content));
      }),
      { numRuns: 60 },
    );
  });

  it('is the same to the byte in whatever order its replies, rules and keys come', () => {
    const content = buildContent();
    const { settings, replies, rules, ...rest } = content;
    const reversed = {
      ...rest,
      rules: rules.toReversed(),
      replies: replies.toReversed(),
      settings: Object.fromEntries(Object.entries(settings).toReversed()) as Content['settings'],
    };

    expect([...renderContentFiles(reversed, 'demo')]).toEqual([...renderContentFiles(content, 'demo')]);
  });

  it('lies in one file for each subject of the main menu', async () => {
    const { written } = await exportContent(buildContent(), root, 'demo');

    expect(written.filter((file) => file.startsWith('replies/'))).toEqual([
      'replies/demo/general.yaml',
      'replies/demo/household.yaml',
      'replies/demo/passport.yaml',
      'replies/demo/police.yaml',
      'replies/demo/traffic.yaml',
    ]);
    const household = await readFile(join(root, 'replies/demo/household.yaml'), 'utf8');
    expect(household).toContain('- id: id-card-renew\n    title: 身份证到期换证\n    type: guide\n');
    expect(household).toContain('  - id: id-card\n    contains:\n      - 身份证\n');
  });

  it('keeps text readable: lines as lines, numbers quoted, nothing folded, no empty lists', () => {
    const text = `第一行，${'很长'.repeat(80)}\n第二行`;
    const files = renderContentFiles(buildContent({ replies: [textReply('help', text)] }), 'demo');
    const general = files.get('replies/demo/general.yaml') ?? '';

    expect(general).toContain(`    text: |-\n      ${text.replace('\n', '\n      ')}\n`);
    expect(files.get('replies/demo/police.yaml')).toContain('    whole:\n      - "110"\n');
    expect([...files.values()].join('')).not.toContain('[]');
  });

  it('takes the place of what was exported before, and leaves other files alone', async () => {
    await exportContent(buildContent(), root, 'demo');
    await writeFile(join(root, 'replies/demo/README.md'), '说明');
    const [, ...others] = buildContent().tree;
    const { removed } = await exportContent(buildContent({ tree: others, rules: [] }), root, 'demo');

    expect(removed).toEqual(['replies/demo/police.yaml']);
    expect(await readdir(join(root, 'replies/demo'))).not.toContain('police.yaml');
    expect(await readFile(join(root, 'replies/demo/README.md'), 'utf8')).toBe('说明');
  });
});

/** Small contents with every kind of character, sources, facts and nesting; references are not the point here. */
function anyContent(): fc.Arbitrary<Content> {
  const sentence = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((text) => text.trim())
    .filter((text) => text.length > 0 && text.length <= 20);
  const lines = fc.array(sentence, { minLength: 1, maxLength: 3 }).map((texts) => texts.join('\n'));
  const awkward = fc.constantFrom(
    '110',
    'true',
    'null',
    '~',
    '- 一',
    '# 记',
    '键: 值',
    "'",
    '"',
    '|',
    '2026-11-22',
    '&a *a !b',
    '一\n\n  二\n',
    '一\r\n二',
    '\t一',
    '一 \n二',
  );
  const text = fc.oneof(
    lines,
    awkward.map((one) => one.trim()),
  );
  const id = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,4})?$/);
  const fact = fc.oneof(
    text,
    text.map((bureau) => ({ bureau })),
  );
  const reply = fc.record(
    {
      id,
      title: sentence,
      type: fc.constant('guide' as const),
      summary: text,
      steps: fc.array(text, { maxLength: 3 }),
      fee: fact,
      reviewed: fc.constant('2026-11-22'),
      sources: fc.array(
        fc.record({ title: text, standing: fc.constantFrom('law' as const, 'lead' as const) }),
      ),
    },
    { requiredKeys: ['id', 'title', 'type', 'summary'] },
  );
  const rule = fc.record({
    id,
    whole: fc.array(sentence, { maxLength: 2 }),
    contains: fc.array(sentence, { maxLength: 2 }),
    priority: fc.nat(100),
    to: fc.oneof(
      id.map((node) => ({ node })),
      id.map((to) => ({ reply: to })),
    ),
  });
  const { node } = fc.letrec<{ node: MenuNode }>((tie) => ({
    node: fc.record({
      id,
      number: fc.integer({ min: 1, max: 99 }),
      title: sentence,
      children: fc.oneof(
        { depthSize: 'small' },
        fc.constant<MenuNode[]>([]),
        fc.array(tie('node'), { maxLength: 2 }),
      ),
    }),
  }));
  const byId = { selector: (one: { id: string }) => one.id };
  return fc
    .record({
      tree: fc.array(node, { minLength: 1, maxLength: 3 }),
      replies: fc.uniqueArray(reply, { ...byId, maxLength: 6 }),
      rules: fc.uniqueArray(rule, { ...byId, maxLength: 6 }),
      settings: fc.record({ name: text }),
    })
    .filter(({ tree }) => new Set(idsOf(tree)).size === idsOf(tree).length)
    .map(buildContent);
}

function idsOf(nodes: readonly MenuNode[]): string[] {
  return nodes.flatMap((node) => [node.id, ...idsOf(node.children)]);
}
