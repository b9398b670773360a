import { describe, expect, it } from '@jest/globals';
import type { Content } from '../../../../src/dialog/content-model.js';
import { diffContent } from '../../../../src/features/content/items/diff-content.js';
import { freezeContent } from '../../../../src/features/content/items/frozen-content.js';
import { emergencyReplies, findWeighty } from '../../../../src/features/content/review/routine.js';
import { buildContent, textReply } from '../../../support/content-builder.js';

async function weighty(after: Content): Promise<string[]> {
  const before = buildContent();
  const changes = await diffContent((await freezeContent(before)).lines, (await freezeContent(after)).lines);
  return findWeighty(changes, emergencyReplies(after)).map(({ kind, id, path }) =>
    [kind, id, ...path].join('.'),
  );
}

function withGuide(fields: Record<string, unknown>): Content {
  const guide = buildContent().replies.find(({ id }) => id === 'id-card-renew')!;
  return buildContent({ replies: [{ ...guide, ...fields }] });
}

const rules = buildContent().rules;

describe('a routine fix', () => {
  it.each<[string, Content]>([
    ['other words for the same', withGuide({ summary: '有效期满前三个月可以换新证。' })],
    ['another day of review', withGuide({ reviewed: '2026-12-01' })],
    ['one more thing to bring', withGuide({ materials: ['居民户口簿', '原身份证', '近照'] })],
    [
      'a further question',
      buildContent({ rules: [{ ...rules[0]!, questions: ['怎么报警'] }, ...rules.slice(1)] }),
    ],
    ['a synonym', buildContent({ synonyms: [['身份证', '二代证']] })],
  ])('may be %s', async (_what, after) => {
    expect(await weighty(after)).toEqual([]);
  });

  it.each<[string, Content, string]>([
    ['a fee', withGuide({ fee: '40 元' }), 'reply.id-card-renew.fee'],
    ['a telephone number', withGuide({ phone: '12345' }), 'reply.id-card-renew.phone'],
    ['a legal basis', withGuide({ legal: ['《居民身份证法》第十条'] }), 'reply.id-card-renew.legal.0'],
    [
      'a number in a sentence',
      withGuide({ summary: '有效期满前六个月可以换。' }),
      'reply.id-card-renew.summary',
    ],
    [
      'a sum in a new sentence',
      withGuide({ notes: ['本人到场', '另收 10 元'] }),
      'reply.id-card-renew.notes.1',
    ],
    ['a new reply', buildContent({ replies: [textReply('new')] }), 'reply.new'],
    [
      'an answer to danger',
      buildContent({ replies: [textReply('emergency', '请拨打 110。')] }),
      'reply.emergency.text',
    ],
    ['a node that is gone', buildContent({ tree: buildContent().tree.slice(0, 3) }), 'node.passport'],
    ['a setting', buildContent({ settings: { cursorMinutes: 5 } }), 'settings.settings.cursorMinutes'],
    [
      'where a rule leads',
      buildContent({ rules: [{ ...rules[0]!, to: { node: 'traffic' } }, ...rules.slice(1)] }),
      'rule.hotline.to.node',
    ],
  ])('may not be %s', async (_what, after, where) => {
    expect(await weighty(after)).toContain(where);
  });
});
