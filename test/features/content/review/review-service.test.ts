import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StaffRole } from '../../../../src/core/permissions.js';
import type { ReviewStage, Submission } from '../../../../src/features/content/review/submission.js';
import { buildContent, textReply } from '../../../support/content-builder.js';
import { actor, openContentServices, reviewer } from '../../../support/content-services.js';

const accountId = 'demo';
const author = actor('author', '作者');

let services: ReturnType<typeof openContentServices>;

beforeEach(async () => {
  services = openContentServices();
  await services.contentService.seed(accountId, buildContent());
  await services.draftService.open(accountId);
});

/** Puts a sentence into the reply about births. */
async function edit(text = '出生后尽早申报。', by = author): Promise<void> {
  const ref = { kind: 'reply', id: 'birth' } as const;
  const { version: baseVersion } = await services.draftService.findItem(accountId, ref);
  const value = { ...textReply('birth', text), title: '出生登记' };
  await services.draftService.putItem({ accountId, actor: by, ref, baseVersion, value });
}

async function submit({ routine = false, by = author, note = '' } = {}): Promise<Submission> {
  const { revision } = await services.draftService.open(accountId);
  return services.submitter.submit({ accountId, actor: by, revision, note, routine });
}

function approve({ number, hash }: Submission, stage: ReviewStage, staffId: string, ...roles: StaffRole[]) {
  return services.reviewService.approve({
    accountId,
    number,
    hash,
    stage,
    reviewer: reviewer(staffId, ...roles),
  });
}

async function publish(submission: Submission): Promise<Submission> {
  await approve(submission, 'first', 'one', 'editor');
  await approve(submission, 'second', 'two', 'sectionHead');
  return approve(submission, 'final', 'three', 'leader');
}

const live = async () => (await services.contentService.findLive(accountId))!;

async function liveText(): Promise<unknown> {
  const content = (await services.contentService.findLiveContent(accountId))!;
  const reply = content.replies.find(({ id }) => id === 'birth')!;
  return 'text' in reply ? reply.text : undefined;
}

const stateOf = async ({ number }: Submission) =>
  (await services.reviewService.find({ accountId, number })).state;

describe('what is submitted', () => {
  it('is frozen, with its authors and what it is compared with', async () => {
    await edit('别人的说法。', actor('colleague', '同事'));
    await edit('我的说法。');
    const submission = await submit({ note: '改一句话' });

    expect(submission).toMatchObject({
      number: 1,
      baseRelease: 1,
      stages: ['first', 'second', 'final'],
      note: '改一句话',
      state: 'pending',
      submittedBy: { staffId: 'author' },
    });
    expect(submission.authors.map(({ staffId }) => staffId).sort()).toEqual(['author', 'colleague']);
    expect(await services.reviewService.diff({ accountId, number: 1 })).toMatchObject([
      { kind: 'reply', id: 'birth', path: ['text'], after: '我的说法。' },
    ]);
  });

  it('can be foreseen in the draft: who changed which item, and what keeps it from being routine', async () => {
    await edit('别人的说法。', actor('colleague', '同事'));
    await edit('交费 20 元。');
    const { changes, weighty, authors } = await services.draftChecks.diff(accountId);

    expect(weighty).toEqual(changes);
    expect(authors).toEqual([
      { kind: 'reply', id: 'birth', people: [actor('colleague', '同事').by, author.by] },
    ]);
    await publish(await submit());
    expect(await services.draftChecks.diff(accountId)).toMatchObject({ changes: [], authors: [] });
  });

  it('counts as authors nobody whose changes are already live', async () => {
    await edit('一。', actor('earlier'));
    await publish(await submit({ by: actor('earlier') }));
    await edit('二。');

    expect((await submit()).authors).toEqual([author.by]);
  });

  it('counts who removed something as an author', async () => {
    const remover = actor('remover');
    const ref = { kind: 'reply', id: 'moving' } as const;
    await services.draftService.removeItem({
      accountId,
      actor: remover,
      ref,
      baseVersion: 1,
      withChildren: false,
    });
    const node = { kind: 'node', id: 'moving' } as const;
    const edit = { accountId, actor: remover, ref: node, baseVersion: 1, withChildren: false };
    await services.draftService.removeItem(edit);

    expect((await submit()).authors.map(({ staffId }) => staffId).sort()).toEqual(['author', 'remover']);
  });

  it('must be free of errors, and each leads to its place', async () => {
    const value = { ...textReply('birth', '看<b>这里</b>'), title: '出生登记' };
    const ref = { kind: 'reply', id: 'birth' } as const;
    await services.draftService.putItem({ accountId, actor: author, ref, baseVersion: 1, value });

    await expect(submit()).rejects.toMatchObject({
      code: 'content_has_faults',
      details: { findings: [{ where: { kind: 'reply', id: 'birth', field: 'text' } }, expect.anything()] },
    });
  });

  it('must differ from what is live', async () => {
    await expect(submit()).rejects.toMatchObject({ code: 'nothing_to_review' });
  });

  it('waits alone', async () => {
    await edit();
    await submit();

    await expect(submit()).rejects.toMatchObject({ code: 'already_submitted', details: { number: 1 } });
  });

  it('must be what the submitter has seen', async () => {
    await edit();
    const request = { accountId, actor: author, revision: 1, note: '', routine: false };

    await expect(services.submitter.submit(request)).rejects.toMatchObject({ code: 'draft_changed' });
  });

  it('is a routine fix only when every change is one of wording', async () => {
    await edit('出生后两个月以内申报。');
    await expect(submit({ routine: true })).rejects.toMatchObject({
      code: 'not_routine',
      details: { changes: [{ id: 'birth', path: ['text'] }] },
    });
    await edit('出生后一个月以内申报就好。');

    expect((await submit({ routine: true })).stages).toEqual(['first', 'final']);
  });
});

describe('the review', () => {
  it('by three different people publishes, with the last approval', async () => {
    await edit();
    const published = await publish(await submit());

    expect(published).toMatchObject({
      state: 'published',
      approvals: [{ stage: 'first' }, { stage: 'second' }, { stage: 'final', by: { staffId: 'three' } }],
      outcome: { release: 2 },
    });
    expect(await live()).toMatchObject({ number: 2, hash: published.hash });
    expect(await liveText()).toBe('出生后尽早申报。');
    expect(services.audited.map(({ action }) => action).slice(-4)).toEqual([
      'submission.create',
      'submission.approve',
      'submission.approve',
      'submission.publish',
    ]);
  });

  it('of a routine fix takes two', async () => {
    await edit('出生后一个月以内申报就好。');
    const submission = await submit({ routine: true });
    await approve(submission, 'first', 'one', 'editor');

    expect((await approve(submission, 'final', 'three', 'leader')).state).toBe('published');
  });

  it('is not for who wrote it, whatever roles they hold', async () => {
    await edit();
    const submission = await submit();

    await expect(approve(submission, 'first', 'author', 'editor', 'leader')).rejects.toMatchObject({
      code: 'author_cannot_review',
      status: 403,
    });
    expect(await stateOf(submission)).toBe('pending');
  });

  it('is not done twice by one person', async () => {
    await edit();
    const submission = await submit();
    await approve(submission, 'first', 'one', 'editor', 'sectionHead');

    await expect(approve(submission, 'second', 'one', 'editor', 'sectionHead')).rejects.toMatchObject({
      code: 'approved_already',
    });
  });

  it('needs the role of its stage', async () => {
    await edit();
    const submission = await submit();

    await expect(approve(submission, 'first', 'one', 'leader')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('keeps the order of its stages', async () => {
    await edit();
    const submission = await submit();

    await expect(approve(submission, 'final', 'three', 'leader')).rejects.toMatchObject({
      code: 'stage_passed',
      details: { stage: 'first' },
    });
  });

  it('names what was looked at', async () => {
    await edit();
    const submission = await submit();

    await expect(
      approve({ ...submission, hash: '0'.repeat(64) }, 'first', 'one', 'editor'),
    ).rejects.toMatchObject({ code: 'hash_mismatch' });
  });

  it('is void after any change of the draft, by whomever', async () => {
    await edit();
    const submission = await submit();
    await approve(submission, 'first', 'one', 'editor');
    await edit('又改了。', actor('late', '晚到的人'));

    expect(await services.reviewService.find({ accountId, number: 1 })).toMatchObject({
      state: 'voided',
      outcome: { by: { staffId: 'late' }, reason: '晚到的人 在送审之后又改了草稿' },
    });
    await expect(approve(submission, 'second', 'two', 'sectionHead')).rejects.toMatchObject({
      code: 'submission_closed',
    });
    expect((await submit()).number).toBe(2);
  });

  it('that is void can be compared with what the draft says now', async () => {
    await edit('送审的说法。');
    const { number } = await submit();
    const since = () => services.reviewService.diffToDraft({ accountId, number });
    expect(await since()).toEqual([]);
    await edit('后来的说法。', actor('colleague'));

    expect(await since()).toMatchObject([
      { kind: 'reply', id: 'birth', path: ['text'], before: '送审的说法。', after: '后来的说法。' },
    ]);
  });

  it('is void when something else goes live', async () => {
    await edit();
    const submission = await submit();
    const other = buildContent({ settings: { name: '又' } });
    await services.contentService.publish({ accountId, content: other, by: 'command-line', note: '' });

    expect(await stateOf(submission)).toBe('voided');
    expect(await services.stores.drafts.findHead(accountId)).not.toHaveProperty('pending');
  });

  it('that was begun in the same instant as another release publishes nothing', async () => {
    await edit('出生后一个月以内申报就好。');
    const submission = await submit({ routine: true });
    await approve(submission, 'first', 'one', 'editor');
    const { releases, transactions } = services.stores;
    // Past the publisher, which would have voided what is pending.
    await transactions.run(async (tx) => {
      const release = (await releases.find(accountId, 1))!;
      await releases.append(tx, { ...release, hash: 'another' }, 'changed');
    });

    await expect(approve(submission, 'final', 'three', 'leader')).rejects.toMatchObject({
      code: 'release_changed',
    });
    expect(await stateOf(submission)).toBe('voided');
    expect(await live()).toMatchObject({ number: 2, hash: 'another' });
  });

  it('may return it for a reason, and the same may be submitted again', async () => {
    await edit();
    const submission = await submit();
    const request = { accountId, number: 1, hash: submission.hash, stage: 'first' } as const;
    await services.reviewService.refuse({
      ...request,
      reviewer: reviewer('one', 'editor'),
      verdict: 'returned',
      reason: '请补出处',
    });

    expect(await services.reviewService.find(submission)).toMatchObject({
      state: 'returned',
      outcome: { reason: '请补出处' },
    });
    expect((await submit()).number).toBe(2);
  });

  it('may reject it for good: the same content is not taken again', async () => {
    await edit();
    const submission = await submit();
    const request = { accountId, number: 1, hash: submission.hash, stage: 'first' } as const;
    await services.reviewService.refuse({
      ...request,
      reviewer: reviewer('one', 'editor'),
      verdict: 'rejected',
      reason: '与事实不符',
    });

    await expect(submit()).rejects.toMatchObject({ code: 'rejected_before' });
    expect(services.audited.at(-1)).toMatchObject({ action: 'submission.reject', reason: '与事实不符' });
  });

  it('is ended by who submitted it, and by no other author', async () => {
    await edit('别人的说法。', actor('colleague'));
    const submission = await submit();
    const withdraw = (by: string) =>
      services.reviewService.withdraw({ accountId, number: 1, actor: actor(by), reason: '' });

    await expect(withdraw('colleague')).rejects.toMatchObject({ code: 'only_submitter_withdraws' });
    await withdraw('author');
    expect(await stateOf(submission)).toBe('withdrawn');
  });

  it('of another account does not exist', async () => {
    await edit();
    await submit();

    await expect(services.reviewService.find({ accountId: 'other', number: 1 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
