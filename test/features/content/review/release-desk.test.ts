import { beforeEach, describe, expect, it } from '@jest/globals';
import { freezeContent, thawContent } from '../../../../src/features/content/items/frozen-content.js';
import { buildContent, textReply } from '../../../support/content-builder.js';
import { actor, hashOf, openContentServices } from '../../../support/content-services.js';

const accountId = 'demo';
const leader = actor('leader', '领导');
const named = (name: string) => buildContent({ settings: { name } });

let services: ReturnType<typeof openContentServices>;

beforeEach(async () => {
  services = openContentServices();
  await services.contentService.seed(accountId, named('甲'));
  await services.contentService.publish({ accountId, content: named('乙'), by: 'command-line', note: '' });
  await services.draftService.open(accountId);
});

const rollBack = (to: number) =>
  services.releaseDesk.rollBack({ accountId, actor: leader, reason: '写错了', to });

const withdraw = (replyId: string) =>
  services.releaseDesk.withdrawReply({ accountId, actor: leader, reason: '过时', replyId });

const editDraft = (id: string, text: string) =>
  services.draftService.putItem({
    accountId,
    actor: actor('li'),
    ref: { kind: 'reply', id },
    baseVersion: 1,
    value: textReply(id, text),
  });

const replyOf = async (number: number, id: string) => {
  const { hash, lines } = await services.releaseDesk.loadFrozen(accountId, number);
  return (await thawContent(lines, hash)).replies.find((reply) => reply.id === id);
};

describe('rolling back', () => {
  it('makes the content of an earlier release live under a new number, and says why', async () => {
    expect(await rollBack(1)).toMatchObject({ number: 3, hash: await hashOf(named('甲')) });
    expect(await services.releaseDesk.find(accountId, 3)).toMatchObject({
      origin: { kind: 'rollback', to: 1 },
      publishedBy: leader.by,
      note: '写错了',
    });
    expect(services.audited.at(-1)).toMatchObject({ action: 'release.rollback', reason: '写错了' });
  });

  it('leaves the draft as it is, and keeps it under a name', async () => {
    await editDraft('birth', '正在改。');
    const before = await services.contentService.findDraft(accountId);
    await rollBack(1);

    expect(await services.contentService.findDraft(accountId)).toEqual(before);
    expect(await services.snapshots.list(accountId, 5)).toMatchObject([
      { name: '回退到第 1 版之前', hash: await hashOf(before!.content), by: leader.by },
    ]);
  });

  it('voids what waits for review', async () => {
    await editDraft('birth', '正在改。');
    const { revision } = await services.draftService.open(accountId);
    const request = { accountId, actor: actor('li'), revision, note: '', routine: false };
    const { number } = await services.submitter.submit(request);
    await rollBack(1);

    expect(await services.reviewService.find({ accountId, number })).toMatchObject({
      state: 'voided',
      outcome: { reason: '送审之后，正在使用的版本变了' },
    });
  });

  it('makes everybody an author again whose changes it took back', async () => {
    await editDraft('birth', '正在改。');
    await services.contentService.publishDraft(accountId, 'command-line', '');
    await rollBack(2);
    const { revision } = await services.draftService.open(accountId);
    const request = { accountId, actor: actor('wang'), revision, note: '', routine: false };

    expect((await services.submitter.submit(request)).authors.map(({ staffId }) => staffId)).toEqual([
      'li',
      'wang',
    ]);
  });

  it('is refused to what is live, to what says the same, and to what never was', async () => {
    await expect(rollBack(2)).rejects.toMatchObject({ code: 'nothing_to_roll_back' });
    await expect(rollBack(9)).rejects.toMatchObject({ code: 'not_found' });
    expect(await services.snapshots.list(accountId, 5)).toEqual([]);
  });

  it('is refused to content that can no longer be used', async () => {
    const broken = { ...named('坏'), replies: buildContent().replies.slice(1) };
    const frozen = await freezeContent(broken);
    await services.stores.contents.keep(accountId, frozen);
    await services.stores.transactions.run(async (tx) => {
      const { number: _number, ...release } = (await services.stores.releases.find(accountId, 1))!;
      await services.stores.releases.append(tx, { ...release, hash: frozen.hash }, 'changed');
      await services.stores.releases.append(tx, release, 'changed');
    });

    await expect(rollBack(3)).rejects.toMatchObject({ code: 'release_unusable' });
  });
});

describe('the replies of a release', () => {
  const find = (text: string, limit = 20) => services.releaseDesk.findReplies(accountId, 2, text, limit);

  it('are found by what their id or title holds, whatever the draft says by now', async () => {
    await editDraft('birth', '正在改。');
    const [birth, ...others] = await find('birth');
    expect(birth).toMatchObject({ id: 'birth', expires: null });
    expect(others).toEqual([]);
    expect(await find(birth!.title)).toContainEqual(birth);
    expect(await find('', 1)).toHaveLength(1);
    expect(await find('没有这样的')).toEqual([]);
  });

  it('are not those of a release that never was', async () => {
    await expect(services.releaseDesk.findReplies(accountId, 9, '', 1)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a reply that is withdrawn', () => {
  it('has expired in what is live and in the draft, and its text stays for the clerk', async () => {
    expect(await withdraw('birth')).toMatchObject({ number: 3 });
    const withdrawn = { text: '出生后一个月以内申报。', expires: '2026-11-22' };

    expect(await replyOf(3, 'birth')).toMatchObject(withdrawn);
    const { content } = await services.draftService.findItem(accountId, { kind: 'reply', id: 'birth' });
    expect(content?.value).toMatchObject(withdrawn);
    expect(await services.releaseDesk.find(accountId, 3)).toMatchObject({
      origin: { kind: 'withdrawal', reply: 'birth' },
      note: '过时',
    });
    expect(services.audited.map(({ action }) => action).slice(-2)).toEqual(['draft.edit', 'reply.withdraw']);
  });

  it('does not take the rest of the draft along', async () => {
    await editDraft('moving', '正在改。');
    await withdraw('birth');

    expect(await replyOf(3, 'moving')).toMatchObject({ text: '先看迁入地的条件。' });
  });

  it('is no answer to danger, no hand-over to a person, and none that is withdrawn already', async () => {
    await expect(withdraw('emergency')).rejects.toMatchObject({ code: 'reply_not_withdrawable' });
    await expect(withdraw('nowhere')).rejects.toMatchObject({ code: 'not_found' });
    await withdraw('birth');
    await expect(withdraw('birth')).rejects.toMatchObject({ code: 'reply_withdrawn_already' });
  });
});
