import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ItemKind } from '../../../../src/features/content/items/content-item.js';
import { buildContent, textReply } from '../../../support/content-builder.js';
import { actor, openContentServices } from '../../../support/content-services.js';

const accountId = 'demo';
const li = actor('li', '李');
const wang = actor('wang', '王');

let services: ReturnType<typeof openContentServices>;

beforeEach(async () => {
  services = openContentServices();
  await services.contentService.seed(accountId, buildContent());
  await services.draftService.open(accountId);
});

function put(id: string, text: string, baseVersion: number, by = li) {
  const value = textReply(id, text);
  return services.draftService.putItem({
    accountId,
    actor: by,
    ref: { kind: 'reply', id },
    baseVersion,
    value,
  });
}

function putNode(value: { id: string; number: number; parent?: string; reply?: string; form?: string }) {
  const { id } = value;
  return services.draftService.putItem({
    accountId,
    actor: li,
    ref: { kind: 'node', id },
    baseVersion: 0,
    value: { title: id, ...value },
  });
}

function remove(kind: ItemKind, id: string, withChildren = false, baseVersion = 1) {
  return services.draftService.removeItem({
    accountId,
    actor: li,
    ref: { kind, id },
    baseVersion,
    withChildren,
  });
}

const move = (id: string, parent: string | null, number: number) =>
  services.draftService.moveNode({ accountId, actor: li, id, baseVersion: 1, parent, number });

const find = (kind: ItemKind, id: string) => services.draftService.findItem(accountId, { kind, id });

const draft = async () => (await services.contentService.findDraft(accountId))!;

describe('a draft', () => {
  it('begins as what is live, edited by nobody', async () => {
    expect(await draft()).toMatchObject({ revision: 1, updatedBy: '系统' });
    expect(await services.draftChecks.diff(accountId)).toMatchObject({ baseRelease: 1, changes: [] });
    expect((await find('reply', 'birth')).editors).toEqual([]);
  });

  it('cannot begin where nothing is live', async () => {
    await expect(services.draftService.open('empty')).rejects.toMatchObject({ code: 'no_draft' });
  });
});

describe('an edit', () => {
  it('changes one item, and names who did it in the audit trail', async () => {
    const { revision, items } = await put('birth', '两个月以内申报。', 1);

    expect(revision).toBe(2);
    expect(items).toMatchObject([{ id: 'birth', version: 2, updatedBy: { name: '李' } }]);
    expect(services.audited.at(-1)).toMatchObject({
      by: { name: '李' },
      action: 'draft.edit',
      object: { kind: 'reply', id: 'birth' },
      changes: expect.arrayContaining([
        { path: 'text', before: '出生后一个月以内申报。', after: '两个月以内申报。' },
      ]),
    });
  });

  it('of one item does not disturb another editor’s edit of another item', async () => {
    await put('birth', '两个月以内申报。', 1, li);
    await put('moving', '先看条件。', 1, wang);

    const { content } = await draft();
    expect(content.replies.find(({ id }) => id === 'birth')).toMatchObject({ text: '两个月以内申报。' });
    expect(content.replies.find(({ id }) => id === 'moving')).toMatchObject({ text: '先看条件。' });
  });

  it('of an item that a colleague has changed since is refused with the name and all three values', async () => {
    await put('birth', '王的说法。', 1, wang);

    await expect(put('birth', '李的说法。', 1)).rejects.toMatchObject({
      code: 'item_changed',
      status: 409,
      details: {
        updatedBy: '王',
        version: 2,
        yours: { text: '李的说法。' },
        theirs: { text: '王的说法。' },
        base: { text: '出生后一个月以内申报。' },
      },
    });
  });

  it('of an item that a colleague has removed since is refused, too', async () => {
    await remove('reply', 'birth');

    await expect(put('birth', '李的说法。', 1)).rejects.toMatchObject({
      code: 'item_changed',
      details: { theirs: null },
    });
  });

  it('that says the same changes nothing', async () => {
    const { content } = await find('reply', 'birth');
    const edit = { accountId, actor: li, ref: { kind: 'reply', id: 'birth' }, baseVersion: 1 } as const;

    expect(await services.draftService.putItem({ ...edit, value: content!.value })).toEqual({
      revision: 1,
      items: [],
    });
  });

  it('with faults names every field', async () => {
    const edit = { accountId, actor: li, ref: { kind: 'reply', id: 'birth' }, baseVersion: 1 } as const;
    const value = { id: 'birth', title: '', type: 'text', text: '好', colour: 'red' };

    await expect(services.draftService.putItem({ ...edit, value })).rejects.toMatchObject({
      code: 'invalid_item',
      status: 422,
      details: {
        fields: [
          { path: 'value.title', code: 'too_short' },
          { path: 'value.colour', code: 'unknown_key' },
        ],
      },
    });
  });

  it('under another id than the item’s own is refused', async () => {
    const edit = { accountId, actor: li, ref: { kind: 'reply', id: 'birth' }, baseVersion: 1 } as const;

    await expect(services.draftService.putItem({ ...edit, value: textReply('other') })).rejects.toMatchObject(
      {
        code: 'invalid_item',
      },
    );
  });

  it('brings back an item that was removed, and remembers everybody who had a hand in it', async () => {
    await remove('reply', 'birth');
    await put('birth', '又有了。', 0, wang);

    expect(await find('reply', 'birth')).toMatchObject({
      version: 3,
      editors: [
        { staffId: 'li', revision: 2 },
        { staffId: 'wang', revision: 3 },
      ],
    });
  });
});

describe('the tree', () => {
  it('is shown level by level, with how many lie below', async () => {
    const { nodes } = await services.draftService.listLevel(accountId, null);

    expect(nodes.map(({ item, children }) => [item.id, children])).toEqual([
      ['police', 2],
      ['traffic', 1],
      ['household', 3],
      ['passport', 0],
    ]);
  });

  it('takes a new node where its number is free', async () => {
    await putNode({ id: 'tax', number: 5, reply: 'help' });

    expect((await draft()).content.tree.at(-1)).toMatchObject({ id: 'tax', number: 5, children: [] });
    await expect(putNode({ id: 'again', number: 5 })).rejects.toMatchObject({ code: 'number_taken' });
    await expect(putNode({ id: 'lost', number: 1, parent: 'nowhere' })).rejects.toMatchObject({
      code: 'parent_not_found',
    });
  });

  it('moves a node with all that lies below it, and neighbours make way, in one change', async () => {
    const { items } = await move('id-card', null, 2);
    const { tree } = (await draft()).content;

    expect(tree.map(({ id, number }) => [id, number])).toEqual([
      ['police', 1],
      ['id-card', 2],
      ['traffic', 3],
      ['household', 4],
      ['passport', 5],
    ]);
    expect(tree[1]?.children.map(({ id }) => id)).toEqual(['id-card-renew', 'id-card-lost']);
    expect(items.map(({ id }) => id).sort()).toEqual(['household', 'id-card', 'passport', 'traffic']);
    expect(services.audited.at(-1)).toMatchObject({ action: 'draft.move', object: { id: 'id-card' } });
  });

  it('refuses a place below the node itself, below a form, and too deep', async () => {
    await expect(move('household', 'id-card', 1)).rejects.toMatchObject({ code: 'node_below_itself' });
    await putNode({ id: 'letter', number: 6, form: 'message' });
    await expect(move('id-card', 'letter', 1)).rejects.toMatchObject({ code: 'node_opens_form' });
    let parent = 'police-sms';
    for (const level of [3, 4, 5, 6, 7, 8, 9, 10]) {
      await putNode({ id: `level-${level}`, number: 1, parent });
      parent = `level-${level}`;
    }
    await expect(putNode({ id: 'level-11', number: 1, parent })).rejects.toMatchObject({
      code: 'tree_too_deep',
    });
    await expect(move('id-card', 'level-9', 2)).rejects.toMatchObject({ code: 'tree_too_deep' });
  });

  it('refuses to change a place by an edit', async () => {
    const edit = { accountId, actor: li, ref: { kind: 'node', id: 'passport' }, baseVersion: 1 } as const;
    const value = { id: 'passport', number: 9, title: '护照', reply: 'passport' };

    await expect(services.draftService.putItem({ ...edit, value })).rejects.toMatchObject({
      code: 'place_is_moved',
    });
  });

  it('gives up a node with children only when asked to take them along', async () => {
    await expect(remove('node', 'household')).rejects.toMatchObject({
      code: 'node_has_children',
      details: { children: 5 },
    });
    const { items } = await remove('node', 'household', true);

    expect(items).toHaveLength(6);
    expect((await draft()).content.tree.map(({ id }) => id)).toEqual(['police', 'traffic', 'passport']);
  });

  it('keeps what there is one of', async () => {
    await expect(remove('settings', 'settings')).rejects.toMatchObject({ code: 'item_not_removable' });
  });
});

describe('a snapshot', () => {
  it('brings the draft back as it was, and keeps what it was meanwhile', async () => {
    const { id } = await services.snapshots.save(accountId, li, '改之前');
    await put('birth', '改过了。', 1);
    await services.snapshots.restore(accountId, wang, id, 2);

    expect((await draft()).content.replies.find((reply) => reply.id === 'birth')).toMatchObject({
      text: '出生后一个月以内申报。',
    });
    const names = (await services.snapshots.list(accountId, 9)).map(({ name }) => name);
    expect(names.sort()).toEqual(['恢复“改之前”之前', '改之前']);
    expect(services.audited.map(({ action }) => action).slice(-2)).toEqual([
      'snapshot.save',
      'snapshot.restore',
    ]);
  });

  it('is not restored over a change that the person has not seen', async () => {
    const { id } = await services.snapshots.save(accountId, li, '改之前');
    await put('birth', '改过了。', 1);

    await expect(services.snapshots.restore(accountId, wang, id, 1)).rejects.toMatchObject({
      code: 'draft_changed',
    });
  });
});
