import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ContentService } from '../../../src/features/content/content-service.js';
import { buildContent, textReply } from '../../support/content-builder.js';
import { hashOf, openContentServices } from '../../support/content-services.js';

let services: ReturnType<typeof openContentServices>;
let service: ContentService;

beforeEach(() => {
  services = openContentServices();
  service = services.contentService;
});

const content = buildContent();
const faulty = buildContent({ settings: { help: 'gone' } });
const request = { accountId: 'demo', content, by: 'li', note: '第一版' };

describe('publishing', () => {
  it('makes the content live, with its author, time and note', async () => {
    expect(await service.publish(request)).toEqual({
      published: true,
      live: {
        accountId: 'demo',
        number: 1,
        hash: await hashOf(content),
        updatedAt: new Date(services.time.now),
      },
    });
    expect(await services.stores.releases.find('demo', 1)).toMatchObject({
      publishedBy: { staffId: 'li', name: 'li' },
      publishedAt: new Date(services.time.now),
      note: '第一版',
    });
    expect(await service.findLiveContent('demo')).toMatchObject({ settings: content.settings });
  });

  it('says so when the same is already live, in whatever order it comes', async () => {
    await service.publish(request);
    const outcome = await service.publish({
      ...request,
      content: { ...content, replies: content.replies.toReversed(), rules: content.rules.toReversed() },
    });

    expect(outcome).toMatchObject({ published: false, live: { number: 1 } });
  });

  it('is refused, with the findings, while the content has errors', async () => {
    await expect(service.publish({ ...request, content: faulty })).rejects.toMatchObject({
      code: 'content_has_faults',
      status: 422,
      details: { findings: [{ rule: 'settings_reply_missing', severity: 'error' }] },
    });
    expect(await service.findLive('demo')).toBeNull();
  });

  it('is refused when the content is too large', async () => {
    const replies = Array.from({ length: 400 }, (_, index) =>
      textReply(`long-${index}`, '长'.repeat(30_000)),
    );

    await expect(service.publish({ ...request, content: buildContent({ replies }) })).rejects.toMatchObject({
      code: 'content_too_large',
    });
  });

  it('takes the draft', async () => {
    await service.saveDraft({ accountId: 'demo', content, by: 'li', baseRevision: 0 });

    expect(await service.publishDraft('demo', 'wang', '发布')).toMatchObject({
      published: true,
      live: { number: 1 },
    });
    await expect(service.publishDraft('other', 'wang', '发布')).rejects.toMatchObject({ code: 'no_draft' });
  });
});

describe('the first content of an account', () => {
  it('is published once', async () => {
    expect(await service.seed('demo', content)).toMatchObject({ published: true, live: { number: 1 } });
    const other = buildContent({ settings: { name: '又' } });
    expect(await service.seed('demo', other)).toMatchObject({ published: false, live: { number: 1 } });
  });

  it('must be sound', async () => {
    await expect(service.seed('demo', faulty)).rejects.toMatchObject({ code: 'content_has_faults' });
  });
});

describe('a draft', () => {
  it('may have errors, and comes back with its revision', async () => {
    expect(await service.saveDraft({ accountId: 'demo', content: faulty, by: 'li', baseRevision: 0 })).toBe(
      1,
    );
    expect(await service.findDraft('demo')).toMatchObject({
      revision: 1,
      updatedBy: 'li',
    });
  });

  it('names the colleague who has saved since', async () => {
    const draft = { accountId: 'demo', content };
    await service.saveDraft({ ...draft, by: 'li', baseRevision: 0 });
    await service.saveDraft({ ...draft, content: faulty, by: 'wang', baseRevision: 1 });

    await expect(service.saveDraft({ ...draft, by: 'li', baseRevision: 1 })).rejects.toMatchObject({
      code: 'draft_changed',
      status: 409,
      details: { updatedBy: 'wang' },
    });
  });

  it('that says the same is not written again', async () => {
    const draft = { accountId: 'demo', content, by: 'li' };
    await service.saveDraft({ ...draft, baseRevision: 0 });

    expect(await service.saveDraft({ ...draft, content: structuredClone(content), baseRevision: 1 })).toBe(1);
  });

  it('in which an id stands twice is refused', async () => {
    const twice = { ...content, replies: [...content.replies, ...content.replies.slice(0, 1)] };

    await expect(
      service.saveDraft({ accountId: 'demo', content: twice, by: 'li', baseRevision: 0 }),
    ).rejects.toMatchObject({
      code: 'content_has_faults',
      details: { findings: [{ rule: 'duplicate_id' }] },
    });
  });
});
