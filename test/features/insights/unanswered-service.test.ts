import { beforeEach, describe, expect, it } from '@jest/globals';
import type { KeywordRule, Target } from '../../../src/dialog/content-model.js';
import type { NewAnswer } from '../../../src/features/content/draft/draft-questions.js';
import { journalBeginning } from '../../../src/features/conversations/unanswered-reader.js';
import { UnansweredService } from '../../../src/features/insights/unanswered-service.js';
import { buildContent } from '../../support/content-builder.js';
import { actor, openContentServices } from '../../support/content-services.js';
import { UnansweredStoreFake } from '../../support/fakes/unanswered-store-fake.js';

const accountId = 'pingan-meizhou';
const to = { reply: 'id-card-lost' };
const li = actor('li', '小李');

let store: UnansweredStoreFake;
let content: ReturnType<typeof openContentServices>;
let service: UnansweredService;

beforeEach(async () => {
  store = new UnansweredStoreFake();
  content = openContentServices();
  await content.contentService.seed(accountId, buildContent());
  content.audited.length = 0;
  service = serviceOf(content);
});

function serviceOf({ draftQuestions, stores, audit, time }: typeof content): UnansweredService {
  const { transactions } = stores;
  const clock = { now: () => time.now };
  return new UnansweredService({ groups: store, questions: draftQuestions, transactions, audit, clock });
}

/** A group that was asked in these words. */
async function asked(...texts: string[]): Promise<string> {
  const from = await store.findPosition('fallback', journalBeginning);
  const tallies = texts.map((text) => ({
    accountId,
    groupId: 'lost-card',
    form: text,
    text,
    messages: 1,
    askers: ['a'],
    firstSeenAt: new Date(content.time.now),
    lastSeenAt: new Date(content.time.now),
    nearest: [],
    expiresAt: new Date(content.time.now),
    terms: [],
  }));
  await store.record({ stream: 'fallback', from, to: { ...from, at: from.at + 1 } }, tallies);
  return 'lost-card';
}

function attach(id: string, to: Target | NewAnswer = { reply: 'id-card-lost' }, baseVersion?: number) {
  return service.attach({ id, to, actor: li, ...(baseVersion !== undefined && { baseVersion }) });
}

async function findRule(id: string): Promise<KeywordRule | undefined> {
  const draft = await content.contentService.findDraft(accountId);
  return draft?.content.rules.find((rule) => rule.id === id);
}

describe('attaching a group of questions', () => {
  it('adds its wordings to the rule of the target, in a draft of what is live', async () => {
    const id = await asked('证件搞丢了咋整', '证不见了怎么弄');
    const attached = {
      to,
      title: '身份证丢失补领',
      ruleId: 'id-card-lost',
      added: ['证件搞丢了咋整', '证不见了怎么弄'],
    };
    expect(await attach(id)).toMatchObject({
      attached,
      revision: 2,
      group: {
        state: 'attached',
        version: 1,
        decision: { by: li.by, at: new Date(content.time.now), attached, messages: 2 },
      },
    });
    expect((await findRule('id-card-lost'))?.questions).toEqual(attached.added);
    const live = await content.contentService.findLiveContent(accountId);
    expect(live?.rules.find(({ id }) => id === 'id-card-lost')?.questions).toEqual([]);
  });

  it('is audited with who did it: the change of the draft, and the decision', async () => {
    const id = await asked('证件搞丢了咋整');
    await attach(id);
    expect(content.audited).toMatchObject([
      {
        by: li.by,
        action: 'draft.add_questions',
        object: { kind: 'rule', id: 'id-card-lost' },
        changes: [{ path: 'rule:id-card-lost.questions.0', after: '证件搞丢了咋整' }],
      },
      {
        by: li.by,
        action: 'unanswered.attach',
        object: { kind: 'unanswered', id },
        changes: [
          { path: 'state', before: 'open', after: 'attached' },
          { path: 'to', after: 'reply:id-card-lost' },
        ],
      },
    ]);
  });

  it('adds each question once, whatever its width and punctuation', async () => {
    const id = await asked('证件搞丢了咋整', '证件搞丢了 咋整');
    await attach(id);
    expect(await attach(id)).toMatchObject({ attached: { added: [] }, revision: 2 });
    expect((await findRule('id-card-lost'))?.questions).toEqual(['证件搞丢了咋整']);
  });

  it('makes a rule where none leads to the target, under an id that is free', async () => {
    const id = await asked('鸽子归谁喂');
    expect(await attach(id, { node: 'moving' })).toMatchObject({ attached: { ruleId: 'moving' } });
    expect(await findRule('moving')).toMatchObject({ to: { node: 'moving' }, questions: ['鸽子归谁喂'] });
    expect(await attach(id, { reply: 'id-card-renew' })).toMatchObject({
      attached: { ruleId: 'id-card-renew-2' },
    });
  });

  it('writes a new reply, with a rule that leads there', async () => {
    const id = await asked('鸽子归谁喂');
    const outcome = await attach(id, { title: '广场的鸽子', text: '由园林所喂。' });
    const reply = 'guang-chang-de-ge-zi';
    expect(outcome.attached).toMatchObject({ to: { reply }, title: '广场的鸽子', ruleId: reply });
    const draft = await content.contentService.findDraft(accountId);
    expect(draft?.content.replies.find(({ id }) => id === reply)).toMatchObject({ text: '由园林所喂。' });
    expect(await findRule(reply)).toMatchObject({ to: { reply }, questions: ['鸽子归谁喂'] });
    expect(content.audited[0]?.changes.map(({ path }) => path)).toEqual([`reply:${reply}`, `rule:${reply}`]);
  });

  it('hangs a new reply into the menu, under the lowest free number', async () => {
    const id = await asked('鸽子归谁喂');
    const answer = { title: '广场的鸽子', text: '由园林所喂。' };
    const { attached } = await attach(id, { ...answer, node: { parent: 'household', title: '鸽子' } });
    const node = 'guang-chang-de-ge-zi';
    expect(attached).toMatchObject({ to: { node }, title: '鸽子' });
    const draft = await content.contentService.findDraft(accountId);
    const household = draft?.content.tree.find(({ id }) => id === 'household');
    expect(household?.children.at(-1)).toMatchObject({ id: node, number: 4, title: '鸽子', reply: node });
  });

  it('gives a new reply an id that nothing has or had', async () => {
    const id = await asked('护照');
    const answer = { title: '!!', text: '见大厅公告。' };
    expect(await attach(id, answer)).toMatchObject({ attached: { to: { reply: 'answer' } } });
    expect(await attach(id, answer)).toMatchObject({ attached: { to: { reply: 'answer-2' } } });
  });

  it('leaves personal data out', async () => {
    const id = await asked('我的证〔身份证号〕丢了电话〔手机号〕', '〔手机号〕');
    expect(await attach(id)).toMatchObject({ attached: { added: ['我的证 丢了电话'] } });
  });

  it('is refused where there is nothing but personal data', async () => {
    const id = await asked('〔手机号〕');
    await expect(attach(id)).rejects.toMatchObject({ code: 'nothing_to_attach' });
  });

  it.each<[string, string, Target | NewAnswer]>([
    ['group_not_found', 'no-such-group', to],
    ['target_not_found', 'lost-card', { reply: 'gone' }],
    ['target_not_found', 'lost-card', { node: 'gone' }],
    ['target_not_found', 'lost-card', { form: 'gone' }],
    ['parent_not_found', 'lost-card', { title: '新', text: '新', node: { parent: 'gone', title: '新' } }],
  ])('is refused, and nothing changed: %s', async (code, id, target) => {
    await asked('证件搞丢了咋整');
    await expect(attach(id, target)).rejects.toMatchObject({ code });
    expect(await store.find('lost-card')).toMatchObject({ state: 'open', version: 0 });
    expect(content.audited).toEqual([]);
  });

  it('is refused to whoever saw the group before somebody else decided', async () => {
    const id = await asked('证件搞丢了咋整');
    await service.dismiss({ id, actor: actor('wang', '小王'), baseVersion: 0, reason: '与本局无关' });
    await expect(attach(id, to, 0)).rejects.toMatchObject({
      code: 'group_changed',
      status: 409,
      details: { by: '小王', state: 'dismissed' },
    });
    expect((await findRule('id-card-lost'))?.questions ?? []).toEqual([]);
  });

  it('is refused where the account has no content', async () => {
    content = openContentServices();
    service = serviceOf(content);
    const id = await asked('证件搞丢了咋整');
    await expect(attach(id)).rejects.toMatchObject({ code: 'no_draft' });
  });
});

describe('undoing', () => {
  it('takes the added questions out of the rule again, and no others', async () => {
    const id = await asked('证件搞丢了咋整');
    await attach(id);
    const draft = (await content.contentService.findDraft(accountId))!;
    const rules = draft.content.rules.map((rule) =>
      rule.id === 'id-card-lost' ? { ...rule, questions: [...rule.questions, '证件找不到了'] } : rule,
    );
    const edited = { ...draft.content, rules };
    await content.contentService.saveDraft({
      accountId,
      content: edited,
      by: li,
      baseRevision: draft.revision,
    });
    expect(await service.reopen({ id, actor: li, baseVersion: 1 })).toMatchObject({ state: 'open' });
    expect((await findRule('id-card-lost'))?.questions).toEqual(['证件找不到了']);
  });

  it('takes away a rule that was made for the questions', async () => {
    const id = await asked('鸽子归谁喂');
    await attach(id, { node: 'moving' });
    await service.reopen({ id, actor: li });
    expect(await findRule('moving')).toBeUndefined();
    expect(await attach(id, { node: 'moving' })).toMatchObject({ attached: { ruleId: 'moving-2' } });
  });

  it('is audited, and refused where nothing was decided', async () => {
    const id = await asked('鸽子归谁喂');
    await expect(service.reopen({ id, actor: li })).rejects.toMatchObject({ code: 'group_not_decided' });
    await service.dismiss({ id, actor: li, reason: '闲聊' });
    await service.reopen({ id, actor: li });
    expect(content.audited).toMatchObject([
      { action: 'unanswered.dismiss', reason: '闲聊', changes: [{ after: 'dismissed' }] },
      { action: 'unanswered.reopen', changes: [{ before: 'dismissed', after: 'open' }] },
    ]);
  });
});

describe('a group of questions', () => {
  it('may be dismissed with a reason, and is off the list', async () => {
    const id = await asked('鸽子归谁喂');
    expect(await service.dismiss({ id, actor: li, reason: '与本局无关' })).toMatchObject({
      state: 'dismissed',
      decision: { by: li.by, reason: '与本局无关' },
    });
    expect(await service.list({ state: 'open' }, { limit: 10 })).toEqual([]);
    expect(await service.countOpen(accountId)).toBe(0);
    await expect(service.dismiss({ id: 'no-such', actor: li, reason: '无' })).rejects.toMatchObject({
      code: 'group_not_found',
    });
  });

  it('shows its wordings', async () => {
    const id = await asked('鸽子归谁喂', '谁喂鸽子');
    expect(await service.show(id)).toMatchObject({
      group: { title: '鸽子归谁喂', messages: 2 },
      wordings: [{ text: '鸽子归谁喂' }, { text: '谁喂鸽子' }],
    });
  });

  it('does not exist for another account', async () => {
    const id = await asked('鸽子归谁喂');
    const request = { id, accountId: 'another', actor: li };
    const refused = { code: 'group_not_found', status: 404 };
    await expect(service.show(id, 'another')).rejects.toMatchObject(refused);
    await expect(service.attach({ ...request, to })).rejects.toMatchObject(refused);
    await expect(service.dismiss({ ...request, reason: '无' })).rejects.toMatchObject(refused);
    await expect(service.reopen(request)).rejects.toMatchObject(refused);
  });

  it('is found by a text however it is typed', async () => {
    await asked('鸽子归谁喂');
    expect(await service.list({ text: '　鸽子！' }, { limit: 10 })).toHaveLength(1);
    expect(await service.list({ text: '公积金' }, { limit: 10 })).toEqual([]);
  });
});
