import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { auditMigrations, createAuditFeature } from '../../../../src/features/audit/audit-feature.js';
import {
  createContentFeature,
  type ContentFeature,
} from '../../../../src/features/content/content-feature.js';
import type { ReviewStage, Submission } from '../../../../src/features/content/review/submission.js';
import type { StaffRole } from '../../../../src/core/permissions.js';
import { systemClock } from '../../../../src/core/clock.js';
import { silentLogger } from '../../../../src/observability/logger.js';
import { migrate } from '../../../../src/storage/migrations.js';
import { connectMongo, type MongoConnection } from '../../../../src/storage/mongo-connection.js';
import { buildContent, textReply } from '../../../support/content-builder.js';
import { actor, reviewer } from '../../../support/content-services.js';
import { testDatabaseUri } from '../../../support/test-database.js';
import { until } from '../../../support/until.js';

const uri = testDatabaseUri('review');
const author = actor('author', '作者');

interface Node {
  connection: MongoConnection;
  content: ContentFeature;
  audit: ReturnType<typeof createAuditFeature>;
}

let here: Node;
let there: Node;
let accounts = 0;
let accountId: string;

async function openNode(): Promise<Node> {
  const connection = await connectMongo(uri, silentLogger);
  const audit = createAuditFeature({ connection, clock: systemClock });
  const parts = { connection, audit: audit.trail, logger: silentLogger, clock: systemClock };
  return { connection, audit, content: createContentFeature(parts) };
}

beforeAll(async () => {
  here = await openNode();
  there = await openNode();
  await migrate(here.connection, [...auditMigrations, ...here.content.migrations]);
  await here.content.liveReleases.start();
  await there.content.liveReleases.start();
});

afterAll(async () => {
  for (const { connection, content } of [here, there]) {
    await content.liveReleases.stop();
    await connection.close();
  }
});

beforeEach(async () => {
  accounts += 1;
  accountId = `account-${accounts}`;
  await here.content.contentService.seed(accountId, buildContent());
  await here.content.draftService.open(accountId);
});

async function edit(node: Node, id: string, text: string, by = author): Promise<void> {
  const ref = { kind: 'reply', id } as const;
  const { version: baseVersion } = await node.content.draftService.findItem(accountId, ref);
  const value = textReply(id, text);
  await node.content.draftService.putItem({ accountId, actor: by, ref, baseVersion, value });
}

async function submit(): Promise<Submission> {
  const { revision } = await here.content.draftService.open(accountId);
  return here.content.submitter.submit({ accountId, actor: author, revision, note: '', routine: false });
}

function approve(node: Node, { number, hash }: Submission, stage: ReviewStage, who: string, role: StaffRole) {
  return node.content.reviewService.approve({
    accountId,
    number,
    hash,
    stage,
    reviewer: reviewer(who, role),
  });
}

async function upToFinal(): Promise<Submission> {
  await edit(here, 'birth', '尽早申报。');
  const submission = await submit();
  await approve(here, submission, 'first', 'one', 'editor');
  await approve(here, submission, 'second', 'two', 'sectionHead');
  return submission;
}

const outcomes = async (work: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(work)).map((one) => (one.status === 'fulfilled' ? 'done' : one.reason.code));

const stateOf = async ({ number }: Submission) =>
  (await here.content.reviewService.find({ accountId, number })).state;

describe('on two nodes at once', () => {
  it('two who approve one stage are one approval', async () => {
    await edit(here, 'birth', '尽早申报。');
    const submission = await submit();
    const results = await outcomes([
      approve(here, submission, 'first', 'one', 'editor'),
      approve(there, submission, 'first', 'other', 'editor'),
    ]);

    expect(results.sort()).toEqual(['done', 'stage_passed']);
    expect((await here.content.reviewService.find(submission)).approvals).toHaveLength(1);
  });

  it('two last approvals publish once', async () => {
    const submission = await upToFinal();
    const results = await outcomes([
      approve(here, submission, 'final', 'three', 'leader'),
      approve(there, submission, 'final', 'four', 'leader'),
    ]);

    expect(results.sort()).toEqual(['done', 'submission_closed']);
    expect(await here.content.contentService.findLive(accountId)).toMatchObject({
      number: 2,
      hash: submission.hash,
    });
  });

  it.each([1, 2, 3, 4, 5])('an edit and the last approval have one outcome (%i)', async () => {
    const submission = await upToFinal();
    const [approval, editing] = await outcomes([
      approve(here, submission, 'final', 'three', 'leader'),
      edit(there, 'moving', '又改了。', actor('late')),
    ]);
    const live = await here.content.contentService.findLive(accountId);

    expect(editing).toBe('done');
    expect([approval, await stateOf(submission), live?.number]).toEqual(
      approval === 'done' ? ['done', 'published', 2] : ['submission_closed', 'voided', 1],
    );
  });

  it('a rollback and the last approval have one outcome', async () => {
    const submission = await upToFinal();
    const other = buildContent({ settings: { name: '又' } });
    const [approval] = await outcomes([
      approve(here, submission, 'final', 'three', 'leader'),
      there.content.contentService.publish({ accountId, content: other, by: 'command-line', note: '' }),
    ]);
    const state = await stateOf(submission);

    expect(approval === 'done' ? state : [approval, state]).toEqual(
      approval === 'done'
        ? 'published'
        : [expect.stringMatching(/submission_closed|release_changed/), 'voided'],
    );
  });

  it('editors of different items all succeed', async () => {
    const ids = ['birth', 'moving', 'household', 'traffic-fine', 'police-sms', 'police-false'];
    const results = await outcomes(
      ids.map((id, index) => edit(index % 2 === 0 ? here : there, id, `新的${id}`, actor(`editor-${index}`))),
    );

    expect(results).toEqual(ids.map(() => 'done'));
    expect(await here.content.draftService.open(accountId)).toMatchObject({ revision: 7 });
    expect(await here.audit.trail.verify(accountId)).toMatchObject({ intact: true });
  });

  it('two editors of one item: the second is told', async () => {
    const results = await outcomes([
      edit(here, 'birth', '甲的说法。', actor('a')),
      edit(there, 'birth', '乙的说法。', actor('b')),
    ]);

    expect(results.sort()).toEqual(['done', 'item_changed']);
  });

  it('a move below a node and the removal of that node leave no orphan', async () => {
    const { draftService, contentService } = here.content;
    const results = await outcomes([
      draftService.moveNode({
        accountId,
        actor: author,
        id: 'passport',
        baseVersion: 1,
        parent: 'police',
        number: 3,
      }),
      there.content.draftService.removeItem({
        accountId,
        actor: actor('other'),
        ref: { kind: 'node', id: 'police' },
        baseVersion: 1,
        withChildren: true,
      }),
    ]);

    expect(results).toContain('done');
    expect((await contentService.findDraft(accountId))?.content.tree.length).toBeGreaterThan(0);
  });

  it('the last approval reaches both, whose citizens get the new sentence', async () => {
    const submission = await upToFinal();
    await approve(here, submission, 'final', 'three', 'leader');
    for (const { content } of [here, there]) {
      await until('the release', () => content.liveReleases.current(accountId)?.number === 2);
      const { replies } = content.liveReleases.current(accountId)!.replies.get('birth')!.answer;
      expect(replies).toEqual([{ kind: 'text', text: '尽早申报。' }]);
    }
  });
});
