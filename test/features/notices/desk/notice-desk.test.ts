import { beforeEach, describe, expect, it } from '@jest/globals';
import { errorAt, warningAt } from '../../../../src/features/notices/desk/notice-finding.js';
import { buildActor } from '../../../support/audit-builders.js';
import { buildNotice, buildPending, buildPlan, noticeAccount } from '../../../support/notice-builders.js';
import { openNoticeDesk } from '../../../support/open-notice-desk.js';

const li = buildActor('li');
const wang = buildActor('wang');
let bench: ReturnType<typeof openNoticeDesk>;

beforeEach(() => {
  bench = openNoticeDesk();
});

describe('a plan', () => {
  it('begins as a draft of its author', async () => {
    const notice = await bench.desk.create(noticeAccount, buildPlan(), li);
    expect(notice).toMatchObject({ state: 'draft', revision: 1, authors: [li.by], hash: null });
    expect(await bench.desk.find(notice)).toEqual(notice);
    expect(bench.audited()).toMatchObject([
      { action: 'notice.create', by: li.by, object: { kind: 'notice', id: notice.id } },
    ]);
  });

  it('is not found under another account', async () => {
    const notice = await bench.keep(buildNotice());
    await expect(bench.desk.find({ ...notice, accountId: 'meizhou-traffic' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('has everybody who changed it for an author, the latest last', async () => {
    const draft = await bench.keep(buildNotice());
    const plan = buildPlan({ title: '改过' });
    const changed = await bench.desk.change({ ...draft, actor: wang, revision: 1, plan });
    expect(changed).toMatchObject({ title: '改过', revision: 2, authors: [li.by, wang.by] });
    expect(bench.audited()).toMatchObject([
      { action: 'notice.change', changes: [{ path: 'title', before: '端午交通提示', after: '改过' }] },
    ]);
  });

  it('cannot be changed by somebody who has not seen the last change', async () => {
    const draft = await bench.keep(buildNotice({ revision: 2, authors: [li.by, wang.by] }));
    const edit = { ...draft, actor: li, revision: 1, plan: buildPlan({ title: '改过' }) };
    await expect(bench.desk.change(edit)).rejects.toMatchObject({
      code: 'revision_conflict',
      details: { revision: 2, by: wang.by },
    });
    expect(await bench.desk.find(draft)).toEqual(draft);
  });

  it('that was changed while it waited for review is a draft without size, hash and approvals', async () => {
    const approvals = [{ stage: 'first' as const, by: wang.by, at: new Date() }];
    const pending = await bench.keep(buildPending({ approvals }));
    const plan = buildPlan({ content: { body: { kind: 'text', text: '另一句话' } } });
    const changed = await bench.desk.change({ ...pending, actor: li, revision: 1, plan });
    expect(changed).toMatchObject({ state: 'draft', hash: null, size: null, approvals: [], revision: 2 });
  });

  it('is changed no more once it is approved', async () => {
    const sending = await bench.keep(buildPending({ state: 'sending' }));
    const edit = { ...sending, actor: li, revision: 1, plan: buildPlan({ title: '改过' }) };
    await expect(bench.desk.change(edit)).rejects.toMatchObject({ code: 'notice_state' });
  });

  it('is copied without its time', async () => {
    const old = await bench.keep(buildPending({ state: 'finished', sendAt: new Date() }));
    const copy = await bench.desk.copy({ ...old, actor: wang });
    expect(copy).toMatchObject({
      title: '端午交通提示（副本）',
      state: 'draft',
      sendAt: null,
      authors: [wang.by],
      preparation: 0,
    });
  });

  it('is deleted only as a draft', async () => {
    const draft = await bench.keep(buildNotice());
    const pending = await bench.keep(buildPending());
    await bench.desk.remove({ ...draft, actor: li });
    await expect(bench.desk.find(draft)).rejects.toMatchObject({ code: 'not_found' });
    await expect(bench.desk.remove({ ...pending, actor: li })).rejects.toMatchObject({
      code: 'notice_state',
    });
  });
});

describe('handing a notice over', () => {
  it('begins its preparation', async () => {
    const draft = await bench.keep(buildNotice({ remark: '退回：写清楚' }));
    const submitted = await bench.desk.submit({ ...draft, actor: wang, revision: 1 });
    expect(submitted).toMatchObject({
      state: 'preparing',
      preparation: 1,
      submittedBy: wang.by,
      authors: [li.by, wang.by],
      remark: '',
    });
    expect(bench.nudges()).toBe(1);
    expect(bench.actions()).toEqual(['notice.submit']);
  });

  it('is refused while its plan has faults, and not for warnings', async () => {
    const draft = await bench.keep(buildNotice());
    bench.findings.push(warningAt('content', 'duplicate', '一天之内发过'));
    const fault = errorAt('audience', 'audience_empty', '没有收件人');
    bench.findings.push(fault);
    await expect(bench.desk.submit({ ...draft, actor: li, revision: 1 })).rejects.toMatchObject({
      code: 'notice_has_faults',
      details: { findings: [fault] },
    });
    bench.findings.pop();
    expect(await bench.desk.submit({ ...draft, actor: li, revision: 1 })).toMatchObject({
      state: 'preparing',
    });
  });

  it('keeps its list of recipients', async () => {
    const draft = await bench.keep(buildNotice({ audience: { kind: 'list', listId: 'list-1' } }));
    await bench.desk.submit({ ...draft, actor: li, revision: 1 });
    expect(bench.keptLists).toEqual(['list-1']);
  });

  it('is taken back only by whoever did it', async () => {
    const pending = await bench.keep(buildPending());
    await expect(bench.desk.withdraw({ ...pending, actor: wang })).rejects.toMatchObject({
      code: 'only_submitter_withdraws',
    });
    expect(await bench.desk.withdraw({ ...pending, actor: li })).toMatchObject({
      state: 'draft',
      hash: null,
    });
  });
});
