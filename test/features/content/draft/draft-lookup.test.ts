import { beforeEach, describe, expect, it } from '@jest/globals';
import { DraftLookup } from '../../../../src/features/content/draft/draft-lookup.js';
import { buildContent } from '../../../support/content-builder.js';
import { actor, openContentServices } from '../../../support/content-services.js';
import { buildForm } from '../../../support/form-builder.js';

const accountId = 'demo';
let services: ReturnType<typeof openContentServices>;

beforeEach(async () => {
  services = openContentServices();
  await services.contentService.seed(accountId, buildContent());
});

const search = async (text: string) =>
  (await services.draftLookup.findNodes(accountId, text)).map(({ item, above, word }) => ({
    id: item.id,
    above: above.map(({ id }) => id),
    ...(word !== undefined && { word }),
  }));

describe('a search for nodes', () => {
  it.each(['3-3-1', '3.3.1', '3 3 1', '3－3－1'])('follows the numbers %s', async (text) => {
    expect(await search(text)).toEqual([{ id: 'id-card-renew', above: ['household', 'id-card'] }]);
  });

  it('finds nothing under numbers that lead nowhere', async () => {
    expect(await search('3-9')).toEqual([]);
  });

  it('finds by the title, with what lies above', async () => {
    expect(await search('换证')).toEqual([{ id: 'id-card-renew', above: ['household', 'id-card'] }]);
  });

  it('finds by a word of a rule that leads there, and says which', async () => {
    expect(await search('过期')).toEqual([
      { id: 'id-card-renew', above: ['household', 'id-card'], word: '身份证过期' },
    ]);
  });

  it('names a node once that is found by its title and by a word', async () => {
    const found = await search('身份证');

    expect(found.map(({ id }) => id)).toEqual(['id-card', 'id-card-renew']);
    expect(found[0]).not.toHaveProperty('word');
  });
});

describe('what a search has found', () => {
  it('stands in the order of the tree, whatever the ids', async () => {
    const found = await search('报');
    expect(found.map(({ id }) => id)).toEqual(['police-sms', 'police-false']);
    const actorLi = { accountId, actor: actor('li'), baseVersion: 1 };
    await services.draftService.moveNode({ ...actorLi, id: 'police-false', parent: 'police', number: 1 });

    expect((await search('报')).map(({ id }) => id)).toEqual(['police-false', 'police-sms']);
  });
});

describe('where something is used', () => {
  const usesOf = async (target: { reply: string } | { node: string }) =>
    (await services.draftLookup.findUses(accountId, target)).map(({ kind, title, field }) => [
      kind,
      title,
      field,
    ]);

  it('is every node, rule, button and scene that leads there', async () => {
    expect(await usesOf({ node: 'id-card' })).toEqual([
      ['rule', '身份证', 'to'],
      ['scene', '身份证窗口', 'opens'],
      ['button', '身份证', 'opens'],
    ]);
  });

  it('is the settings and the emergency words, too', async () => {
    expect(await usesOf({ reply: 'handoff' })).toEqual([
      ['button', '人工', 'opens'],
      ['settings', '设置', 'handoff'],
    ]);
    expect(await usesOf({ reply: 'emergency' })).toEqual([['emergency', '紧急求助', 'reply']]);
  });
});

describe('what is looked up for an editor', () => {
  it('is an id that people can read and nobody has used, not even for what is gone', async () => {
    const suggest = () => services.draftLookup.suggestId(accountId, 'reply', '身份证');
    const id = await suggest();
    expect(id).toBe('shen-fen-zheng');
    const ref = { kind: 'reply', id } as const;
    const value = { id, title: '身份证', type: 'text', text: '好。' };
    const edit = { accountId, actor: actor('li'), ref };
    await services.draftService.putItem({ ...edit, baseVersion: 0, value });
    await services.draftService.removeItem({ ...edit, baseVersion: 1, withChildren: false });

    expect(await suggest()).toBe('shen-fen-zheng-2');
  });

  it('is the titles of those items that are there', async () => {
    expect(await services.draftLookup.findTitles(accountId, 'node', ['birth', 'missing'])).toEqual({
      birth: '出生登记',
    });
  });

  it('is the forms of the program', () => {
    const form = buildForm();
    const lookup = new DraftLookup({
      drafts: services.stores.drafts,
      wholes: { open: () => Promise.reject(new Error('not needed')) },
      forms: [form],
    });

    expect(lookup.listForms()).toEqual([{ id: form.id, title: form.title }]);
  });
});
