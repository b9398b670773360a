import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildContent, textReply } from '../../../support/content-builder.js';
import { openContentServices } from '../../../support/content-services.js';

const accountId = 'demo';
let services: ReturnType<typeof openContentServices>;

beforeEach(async () => {
  services = openContentServices();
  await services.contentService.seed(accountId, buildContent());
  await services.draftService.open(accountId);
});

async function tryRule(value: { id: string } & Record<string, unknown>) {
  const ref = { kind: 'rule', id: value.id } as const;
  const { findings } = await services.draftChecks.tryItem(accountId, ref, value);
  return findings.map(({ rule, where }) => [rule, where.id, where.field]);
}

describe('an item that is tried', () => {
  it('is told of words that another rule has, and of patterns that are refused', async () => {
    const value = { id: 'new', whole: ['110'], patterns: ['(?<=a)b'], to: { reply: 'birth' } };

    expect(await tryRule(value)).toEqual([
      ['duplicate_keyword', 'new', 'whole.0'],
      ['unusable_pattern', 'new', 'patterns.0'],
    ]);
  });

  it('is told of what it would do to others, and not of what is wrong with them already', async () => {
    const strong = { id: 'new', contains: ['证'], priority: 99, to: { reply: 'birth' } };

    expect(await tryRule(strong)).toEqual(
      expect.arrayContaining([['keyword_covered', 'id-card', 'contains.0']]),
    );
    expect(await tryRule({ id: 'new', whole: ['出生证明'], to: { reply: 'birth' } })).toEqual([]);
  });

  it('changes nothing', async () => {
    await tryRule({ id: 'new', whole: ['出生证明'], to: { reply: 'birth' } });

    expect(await services.draftChecks.diff(accountId)).toMatchObject({ revision: 1, changes: [] });
  });

  it('is refused where a node would hang nowhere, or elsewhere than it does', async () => {
    const tryNode = (value: { id: string } & Record<string, unknown>) =>
      services.draftChecks.tryItem(accountId, { kind: 'node', id: value.id }, { title: '题', ...value });

    await expect(tryNode({ id: 'new', number: 1, parent: 'missing' })).rejects.toMatchObject({
      code: 'parent_not_found',
    });
    await expect(tryNode({ id: 'birth', number: 9, parent: 'household' })).rejects.toMatchObject({
      code: 'place_is_moved',
    });
  });

  it('is refused with every fault when it fits no schema', async () => {
    const ref = { kind: 'reply', id: 'birth' } as const;
    const tried = services.draftChecks.tryItem(accountId, ref, { ...textReply('birth'), title: '' });

    await expect(tried).rejects.toMatchObject({
      code: 'invalid_item',
      details: { fields: [{ path: 'value.title' }] },
    });
  });
});
