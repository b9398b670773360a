import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Content } from '../../../../src/dialog/content-model.js';
import { buildContent, textReply } from '../../../support/content-builder.js';
import { actor, openContentServices } from '../../../support/content-services.js';

const accountId = 'demo';

let services: ReturnType<typeof openContentServices>;

beforeEach(async () => {
  services = openContentServices();
  await services.contentService.seed(accountId, buildContent());
  await services.draftService.open(accountId);
});

/** More changed items than one transaction takes. */
function large(text: string): Content {
  return buildContent({ replies: Array.from({ length: 700 }, (_, index) => textReply(`r-${index}`, text)) });
}

const save = (content: Content, baseRevision: number, by = 'li') =>
  services.contentService.saveDraft({ accountId, content, by: actor(by), baseRevision });

const head = async () => (await services.stores.drafts.findHead(accountId))!;

const find = (id: string) => services.draftService.findItem(accountId, { kind: 'reply', id });

describe.each<[string, (text: string) => Content]>([
  ['few items', (text) => buildContent({ replies: [textReply('r-1', text)] })],
  ['many items', large],
])('a draft that is replaced with %s changed', (_name, build) => {
  it('counts one change, by one person, of what differs', async () => {
    expect(await save(build('甲'), 1)).toBe(2);

    expect(await find('r-1')).toMatchObject({ version: 1, editors: [{ staffId: 'li', revision: 2 }] });
    expect(await find('birth')).toMatchObject({ version: 1, editors: [] });
    expect(services.audited.at(-1)).toMatchObject({ action: 'draft.save', by: { staffId: 'li' } });
  });

  it('remembers everybody who changed an item before', async () => {
    await save(build('甲'), 1);
    await save(build('乙'), 2, 'wang');

    expect(await find('r-1')).toMatchObject({
      version: 2,
      previous: { value: { text: '甲' } },
      editors: [
        { staffId: 'li', revision: 2 },
        { staffId: 'wang', revision: 3 },
      ],
    });
  });

  it('remembers who removed what is no longer there', async () => {
    await save(build('甲'), 1);
    await save(buildContent(), 2, 'wang');

    await expect(find('r-1')).rejects.toMatchObject({ code: 'item_not_found' });
    const removed = await services.stores.drafts.find(await head(), { kind: 'reply', id: 'r-1' });
    expect(removed).toMatchObject({ content: null, updatedBy: { staffId: 'wang' } });
  });

  it('voids what waits for review', async () => {
    await save(buildContent({ replies: [textReply('birth', '尽早申报。')] }), 1);
    const request = { accountId, actor: actor('li'), revision: 2, note: '', routine: false };
    await services.submitter.submit(request);
    await save(build('甲'), 2);

    expect(await services.reviewService.find({ accountId, number: 1 })).toMatchObject({ state: 'voided' });
  });
});

describe('a draft that is replaced as a whole', () => {
  it('leaves nothing of the items before', async () => {
    const before = await head();
    await save(large('甲'), 1);

    expect((await head()).generation).not.toBe(before.generation);
    expect(await services.stores.drafts.find(before, { kind: 'reply', id: 'birth' })).toBeNull();
  });

  it('stays as it is when a colleague changes it meanwhile, and what was prepared goes', async () => {
    const { drafts } = services.stores;
    const prepared: string[] = [];
    const prepare = drafts.prepare.bind(drafts);
    drafts.prepare = async (draft, items) => {
      await prepare(draft, items);
      prepared.push(draft.generation);
      await save(buildContent({ replies: [textReply('birth', '王的说法。')] }), 1, 'wang');
    };

    await expect(save(large('甲'), 1)).rejects.toMatchObject({
      code: 'draft_changed',
      details: { updatedBy: 'wang' },
    });
    expect(await find('birth')).toMatchObject({ content: { value: { text: '王的说法。' } } });
    const [generation] = prepared;
    expect(
      await drafts.find({ accountId, generation: generation! }, { kind: 'reply', id: 'r-1' }),
    ).toBeNull();
  });
});
