import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Content } from '../../../src/dialog/content-model.js';
import { journalBeginning } from '../../../src/features/conversations/unanswered-reader.js';
import { UnansweredService } from '../../../src/features/insights/unanswered-service.js';
import { buildContent } from '../../support/content-builder.js';
import { ContentEditorFake } from '../../support/fakes/content-editor-fake.js';
import { UnansweredStoreFake } from '../../support/fakes/unanswered-store-fake.js';

const now = Date.parse('2026-11-22T08:00:00Z');
const to = { reply: 'id-card-lost' };

let store: UnansweredStoreFake;
let contents: ContentEditorFake;
let service: UnansweredService;

beforeEach(() => {
  store = new UnansweredStoreFake();
  contents = new ContentEditorFake(buildContent());
  service = new UnansweredService({ store, contents, clock: { now: () => now } });
});

/** A group that was asked in these words. */
async function asked(...texts: string[]): Promise<string> {
  const from = await store.findPosition('fallback', journalBeginning);
  const tallies = texts.map((text) => ({
    accountId: 'pingan-meizhou',
    groupId: 'lost-card',
    form: text,
    text,
    messages: 1,
    askers: ['a'],
    firstSeenAt: new Date(now),
    lastSeenAt: new Date(now),
    nearest: [],
    expiresAt: new Date(now),
    terms: [],
  }));
  await store.record({ stream: 'fallback', from, to: { ...from, at: from.at + 1 } }, tallies);
  return 'lost-card';
}

function questionsIn(content: Content | undefined, ruleId: string): string[] | undefined {
  return content?.rules.find(({ id }) => id === ruleId)?.questions;
}

describe('attaching a group of questions', () => {
  it('adds its wordings to the rule of the target, in a draft of what is live', async () => {
    const id = await asked('证件搞丢了咋整', '证不见了怎么弄');
    expect(await service.attach({ id, to, by: 'li' })).toMatchObject({
      ruleId: 'id-card-lost',
      added: ['证件搞丢了咋整', '证不见了怎么弄'],
      revision: 1,
      group: { state: 'attached', decision: { by: 'li', at: new Date(now), to, messages: 2 } },
    });
    expect(questionsIn(contents.draft?.content, 'id-card-lost')).toEqual([
      '证件搞丢了咋整',
      '证不见了怎么弄',
    ]);
    expect(questionsIn(contents.live!, 'id-card-lost')).toEqual([]);
    expect(contents.draft?.by).toBe('li');
  });

  it('goes on with the draft that there is', async () => {
    const content = buildContent({ settings: { name: '草稿' } });
    contents.draft = { content, revision: 4, by: 'wang' };
    const id = await asked('证件搞丢了咋整');
    expect(await service.attach({ id, to, by: 'li' })).toMatchObject({ revision: 5 });
    expect(contents.draft.content.settings.name).toBe('草稿');
  });

  it('adds each question once, whatever its width and punctuation', async () => {
    const id = await asked('证件搞丢了咋整', '证件搞丢了 咋整');
    await service.attach({ id, to, by: 'li' });
    expect(await service.attach({ id, to, by: 'li' })).toMatchObject({ added: [], revision: 1 });
    expect(questionsIn(contents.draft?.content, 'id-card-lost')).toEqual(['证件搞丢了咋整']);
  });

  it('makes a rule where none leads to the target, under an id that is free', async () => {
    const id = await asked('鸽子归谁喂');
    expect(await service.attach({ id, to: { node: 'moving' }, by: 'li' })).toMatchObject({
      ruleId: 'moving',
    });
    expect(contents.draft?.content.rules.at(-1)).toMatchObject({
      to: { node: 'moving' },
      questions: ['鸽子归谁喂'],
    });

    contents.draft = null;
    const renewal = { reply: 'id-card-renew' };
    expect(await service.attach({ id, to: renewal, by: 'li' })).toMatchObject({ ruleId: 'id-card-renew-2' });
  });

  it('leaves personal data out', async () => {
    const id = await asked('我的证〔身份证号〕丢了电话〔手机号〕', '〔手机号〕');
    expect(await service.attach({ id, to, by: 'li' })).toMatchObject({ added: ['我的证 丢了电话'] });
  });

  it('is refused where there is nothing but personal data', async () => {
    const id = await asked('〔手机号〕');
    await expect(service.attach({ id, to, by: 'li' })).rejects.toMatchObject({ code: 'nothing_to_attach' });
  });

  it('keeps what another editor saves meanwhile', async () => {
    const id = await asked('证件搞丢了咋整');
    contents.rivals = [(content) => ({ ...content, settings: { ...content.settings, name: '改过' } })];
    expect(await service.attach({ id, to, by: 'li' })).toMatchObject({ revision: 2 });
    expect(contents.draft?.content.settings.name).toBe('改过');
    expect(questionsIn(contents.draft?.content, 'id-card-lost')).toEqual(['证件搞丢了咋整']);
  });

  it('gives up when others keep saving, and leaves the group open', async () => {
    const id = await asked('证件搞丢了咋整');
    contents.rivals = Array.from({ length: 9 }, () => (content: Content) => content);
    await expect(service.attach({ id, to, by: 'li' })).rejects.toMatchObject({ code: 'draft_changed' });
    expect(await store.find(id)).toMatchObject({ state: 'open' });
  });

  it.each([
    ['group_not_found', 'no-such-group', to],
    ['target_not_found', 'lost-card', { reply: 'gone' }],
    ['target_not_found', 'lost-card', { node: 'gone' }],
  ])('is refused: %s', async (code, id, target) => {
    await asked('证件搞丢了咋整');
    await expect(service.attach({ id, to: target, by: 'li' })).rejects.toMatchObject({ code });
    expect(contents.draft).toBeNull();
  });

  it('is refused where the account has no content', async () => {
    contents.live = null;
    const id = await asked('证件搞丢了咋整');
    await expect(service.attach({ id, to, by: 'li' })).rejects.toMatchObject({ code: 'no_content' });
  });
});

describe('a group of questions', () => {
  it('may be ignored, and opened again', async () => {
    const id = await asked('鸽子归谁喂');
    expect(await service.ignore(id, 'li')).toMatchObject({ state: 'ignored', decision: { by: 'li' } });
    expect(await service.list({ state: 'open' }, 10)).toEqual([]);
    expect(await service.reopen(id)).toMatchObject({ state: 'open' });
    expect(await service.list({ state: 'open' }, 10)).toHaveLength(1);
    await expect(service.ignore('no-such-group', 'li')).rejects.toMatchObject({ code: 'group_not_found' });
    await expect(service.reopen('no-such-group')).rejects.toMatchObject({ code: 'group_not_found' });
  });

  it('shows its wordings', async () => {
    const id = await asked('鸽子归谁喂', '谁喂鸽子');
    expect(await service.show(id)).toMatchObject({
      group: { title: '鸽子归谁喂', messages: 2 },
      wordings: [{ text: '鸽子归谁喂' }, { text: '谁喂鸽子' }],
    });
    await expect(service.show('no-such-group')).rejects.toMatchObject({ code: 'group_not_found' });
  });
});
