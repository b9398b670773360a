import { beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { StaffRole } from '../../../src/core/permissions.js';
import { ButtonMenus } from '../../../src/features/content/button-menus.js';
import { contentRoutes } from '../../../src/features/content/content-routes.js';
import { renderContentFiles } from '../../../src/features/content/files/export-content.js';
import { ContentWorkHere } from '../../../src/features/content/work/content-work.js';
import type { PlatformMenu } from '../../../src/features/content/platform-menu.js';
import { apiRouter } from '../../../src/http/api/api-router.js';
import { createHttpApp } from '../../../src/http/http-app.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { createRateLimiterMemory } from '../../../src/storage/rate-limiter-memory.js';
import { WechatAnswerFitter } from '../../../src/wechat/fit-answer.js';
import { buildContent, textReply } from '../../support/content-builder.js';
import { openContentServices } from '../../support/content-services.js';

const base = '/api/v1/accounts/demo';

let services: ReturnType<typeof openContentServices>;
let http: ReturnType<typeof request>;
/** What the platform does to a menu that it is given. */
let onPlatform: (menu: PlatformMenu) => unknown;
let refused: string[];

beforeEach(async () => {
  services = openContentServices();
  onPlatform = ({ button }) => ({ button: button.map((one) => ({ sub_button: [], ...one })) });
  refused = [];
  await services.contentService.seed('demo', buildContent());
  http = open();
});

function open() {
  let shown: unknown = null;
  const platform = {
    publish: async (_account: string, menu: PlatformMenu) => void (shown = onPlatform(menu)),
    read: async () => shown,
  };
  const audit = { append: async () => undefined };
  const buttonMenus = new ButtonMenus({ ...services.stores, platform, audit });
  const router = apiRouter({
    routes: contentRoutes(services, {
      buttonMenus,
      work: new ContentWorkHere([]),
      fitter: new WechatAnswerFitter(),
    }),
    access: {
      // The token names the person and the role: `li.editor`.
      identify: async (token) => {
        const [staffId = '', role] = token.split('.');
        const roles = [{ accountId: 'demo', role: role as StaffRole }];
        return { staffId, name: staffId, roles, sessionId: 's', mustChangePassword: false };
      },
      recordRefusal: async ({ code }) => void refused.push(code),
      isAccount: (accountId) => accountId === 'demo' || accountId === 'other',
    },
    rateLimiter: createRateLimiterMemory({ name: 'test', limit: 1_000, windowMs: 60_000 }),
    publicUrl: 'https://console.example',
    logger: silentLogger,
  });
  return request(createHttpApp({ logger: silentLogger, routers: [router] }).callback());
}

/** Sends as a person; a mutation carries the token that the page would have. */
async function send(who: string, method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object) {
  const { createHmac } = await import('node:crypto');
  const csrf = createHmac('sha256', who).update('csrf').digest('base64url');
  const sent = http[method](path.startsWith('/') ? path : `${base}/${path}`)
    .set('cookie', `__Host-suishen-session=${who}`)
    .set('x-csrf-token', csrf);
  const { status, body: answer } = await (body ? sent.send(body) : sent);
  return { status, body: answer };
}

const editBirth = async (text: string, baseVersion = 1, who = 'li.editor') =>
  send(who, 'put', 'draft/items/reply/birth', { baseVersion, value: textReply('birth', text) });

async function submit() {
  const { body } = await send('li.editor', 'get', 'draft');
  return send('li.editor', 'post', 'submissions', { revision: body.revision, note: '改一句' });
}

async function publish() {
  const { number, hash } = (await submit()).body;
  const path = `submissions/${number}/approve`;
  await send('a.editor', 'post', path, { hash, stage: 'first' });
  await send('b.sectionHead', 'post', path, { hash, stage: 'second' });
  return send('c.leader', 'post', path, { hash, stage: 'final' });
}

describe('the draft over HTTP', () => {
  beforeEach(() => send('li.editor', 'get', 'draft'));

  it('is begun and shown beside what is live', async () => {
    expect(await send('li.editor', 'get', 'draft')).toMatchObject({
      status: 200,
      body: { revision: 1, pending: null, live: { number: 1 } },
    });
  });

  it('is shown level by level', async () => {
    const { body } = await send('li.editor', 'get', 'draft/nodes?parent=household');

    expect(body.nodes).toMatchObject([
      { item: { id: 'birth', value: { parent: 'household', number: 1 } }, children: 0, answer: 'text' },
      { item: { id: 'moving' }, children: 0 },
      { item: { id: 'id-card' }, children: 2, answer: null },
    ]);
  });

  it('lists items page by page, and finds them by a piece of their title', async () => {
    const page = await send('li.editor', 'get', 'draft/items?kind=reply&limit=2');
    expect(page.body).toMatchObject({ items: [{ id: 'birth' }, { id: 'emergency' }], next: 'emergency' });
    const text = encodeURIComponent('丢失');
    const found = await send('li.editor', 'get', `draft/items?kind=reply&text=${text}`);

    expect(found.body).toMatchObject({ items: [{ id: 'id-card-lost' }], next: null });
  });

  it('takes an edit, and answers the next from the old version with both', async () => {
    expect(await editBirth('王的说法。', 1, 'wang.editor')).toMatchObject({
      status: 200,
      body: { revision: 2, items: [{ id: 'birth', version: 2 }], removed: [] },
    });

    expect(await editBirth('李的说法。')).toMatchObject({
      status: 409,
      body: {
        error: {
          code: 'item_changed',
          details: { updatedBy: 'wang', theirs: { text: '王的说法。' }, yours: { text: '李的说法。' } },
        },
      },
    });
  });

  it('names the field that is wrong', async () => {
    const value = { ...textReply('birth'), title: '' };

    expect(
      await send('li.editor', 'put', 'draft/items/reply/birth', { baseVersion: 1, value }),
    ).toMatchObject({
      status: 422,
      body: { error: { code: 'invalid_item', details: { fields: [{ path: 'value.title' }] } } },
    });
  });

  it('moves and removes', async () => {
    const move = { baseVersion: 1, parent: null, number: 1 };
    const moved = await send('li.editor', 'post', 'draft/nodes/passport/move', move);
    expect(moved.body.items.map((item: { id: string }) => item.id).sort()).toEqual([
      'household',
      'passport',
      'police',
      'traffic',
    ]);
    const refusal = await send('li.editor', 'delete', 'draft/items/node/traffic?baseVersion=2');
    expect(refusal).toMatchObject({ status: 409, body: { error: { code: 'node_has_children' } } });
    const path = 'draft/items/node/traffic?baseVersion=2&withChildren=true';

    expect((await send('li.editor', 'delete', path)).body.removed).toEqual([
      { kind: 'node', id: 'traffic' },
      { kind: 'node', id: 'traffic-fine' },
    ]);
  });

  it('is linted and compared', async () => {
    await editBirth('看<b>这里</b>。');
    const { body } = await send('li.editor', 'get', 'draft/findings');
    expect(body.findings).toContainEqual(
      expect.objectContaining({ rule: 'disallowed_markup', where: expect.objectContaining({ id: 'birth' }) }),
    );

    expect((await send('li.editor', 'get', 'draft/diff')).body).toMatchObject({
      baseRelease: 1,
      total: 2,
      changes: [
        { kind: 'reply', id: 'birth', path: ['text'] },
        { kind: 'reply', id: 'birth', path: ['title'] },
      ],
    });
  });

  it('talks on a phone, and says which step decided', async () => {
    await editBirth('草稿里的回答。');
    const say = (text: string, state?: unknown) =>
      send('li.editor', 'post', 'draft/phone', {
        input: { kind: 'text', text },
        ...(state ? { state } : {}),
      });
    const first = await say('3');
    expect(first.body).toMatchObject({ revision: 2, decision: { step: 'frame', node: 'household' } });
    const second = await say('1', first.body.state);

    expect(second.body.decision).toMatchObject({ node: 'birth' });
    expect(second.body.replies[0].text).toContain('草稿里的回答。');
  });

  it('lets time pass on the phone', async () => {
    const inMenu = await send('li.editor', 'post', 'draft/phone', { input: { kind: 'text', text: '3' } });
    const input = { kind: 'text', text: '1' };
    const now = Date.now() + 3_600_000;
    const later = await send('li.editor', 'post', 'draft/phone', { input, state: inMenu.body.state, now });

    expect(later.body.decision).toMatchObject({ step: 'frame', node: 'police' });
    expect(
      await send('li.editor', 'post', 'draft/phone', { input, state: { frame: 'nonsense' } }),
    ).toMatchObject({ status: 422, body: { error: { code: 'invalid_state' } } });
  });

  it('says what a text would hit, and why', async () => {
    const text = encodeURIComponent('户籍');

    expect((await send('li.editor', 'get', `draft/hits?text=${text}`)).body).toMatchObject({
      decision: { step: 'whole', rule: 'household', node: 'household', word: '户籍' },
      steps: expect.arrayContaining([
        { name: 'whole', decision: expect.objectContaining({ rule: 'household' }) },
      ]),
    });
  });

  it('goes out as files and comes in as files', async () => {
    const { body } = await send('li.editor', 'get', 'draft/files');
    expect(Object.keys(body.files)).toContain('menus/demo/tree.yaml');
    const files = Object.fromEntries(renderContentFiles(buildContent({ settings: { name: '又' } }), 'demo'));

    expect(await send('li.editor', 'post', 'draft/import', { files, baseRevision: 1 })).toMatchObject({
      status: 200,
      body: { revision: 2 },
    });
    expect(await services.contentService.findDraft('demo')).toMatchObject({
      content: { settings: { name: '又' } },
    });
    expect(services.audited.at(-1)).toMatchObject({ action: 'draft.import', by: { name: 'li' } });
  });

  it('is not touched by faulty files, and every fault is named', async () => {
    const files = {
      ...Object.fromEntries(renderContentFiles(buildContent(), 'demo')),
      'menus/demo/tree.yaml': '- id: A\n  number: 0\n  title: 题\n',
      'menus/other/tree.yaml': '[]',
      'replies/demo/general.yaml': 'replies: [',
    };
    const { status, body } = await send('li.editor', 'post', 'draft/import', { files, baseRevision: 1 });

    expect([status, body.error.code]).toEqual([422, 'bad_content_files']);
    expect(
      body.error.details.faults.map(({ file, rule }: { file: string; rule: string }) => [file, rule]),
    ).toEqual(
      expect.arrayContaining([
        ['menus/other/tree.yaml', 'unknown_file'],
        ['menus/demo/tree.yaml', 'bad_format'],
        ['menus/demo/tree.yaml', 'out_of_range'],
        ['replies/demo/general.yaml', 'yaml_syntax'],
      ]),
    );
    expect(await services.contentService.findDraft('demo')).toMatchObject({ revision: 1 });
  });

  it('tells what an import would change before it changes anything', async () => {
    const files = Object.fromEntries(renderContentFiles(buildContent({ settings: { name: '又' } }), 'demo'));
    const { body } = await send('li.editor', 'post', 'draft/import/diff', { files });

    expect(body).toMatchObject({
      revision: 1,
      total: 1,
      changes: [{ kind: 'settings', path: ['name'], after: '又' }],
    });
    expect(await services.contentService.findDraft('demo')).toMatchObject({ revision: 1 });
    const faulty = { ...files, 'menus/demo/tree.yaml': '- id: A' };
    expect(await send('li.editor', 'post', 'draft/import/diff', { files: faulty })).toMatchObject({
      status: 422,
      body: { error: { code: 'bad_content_files' } },
    });
  });

  it('answers what an editor asks while writing', async () => {
    const value = { id: 'birth', title: '出生', type: 'text', text: '一个月以内。' };
    const tried = await send('li.editor', 'post', 'draft/try', { kind: 'reply', id: 'birth', value });
    expect(tried).toMatchObject({ status: 200, body: { revision: 1, findings: [] } });
    const preview = await send('li.editor', 'post', 'draft/preview', { id: 'birth', value });
    expect(preview.body.messages).toEqual([{ kind: 'text', text: '一个月以内。' }]);
    const found = await send('li.editor', 'get', 'draft/nodes/search?text=3-1');
    expect(found.body.nodes).toMatchObject([{ id: 'birth', number: 1, above: [{ id: 'household' }] }]);
    const uses = await send('li.editor', 'get', 'draft/uses?reply=birth');
    expect(uses.body.uses).toMatchObject([{ kind: 'node', id: 'birth', title: '出生登记' }]);
    const titles = await send('li.editor', 'get', 'draft/titles?kind=node&ids=birth,moving');
    expect(titles.body.titles).toEqual({ birth: '出生登记', moving: '户口迁移' });
    expect(await send('li.editor', 'get', 'draft/uses')).toMatchObject({ status: 400 });
  });

  it('is kept under a name and restored', async () => {
    const { status, body } = await send('li.editor', 'post', 'draft/snapshots', { name: '改之前' });
    expect(status).toBe(201);
    await editBirth('改过了。');
    const restored = await send('li.editor', 'post', `draft/snapshots/${body.id}/restore`, { revision: 2 });

    expect(restored).toMatchObject({ status: 200, body: { revision: 3, changes: 2 } });
    expect((await send('li.editor', 'get', 'draft/snapshots')).body.snapshots).toHaveLength(2);
  });

  it('of another account is not there', async () => {
    expect((await send('li.editor', 'get', '/api/v1/accounts/other/draft')).status).toBe(404);
  });
});

describe('the review over HTTP', () => {
  beforeEach(async () => {
    await send('li.editor', 'get', 'draft');
    await editBirth('出生后尽早申报。');
  });

  it('goes from a submission through three reviews to a release', async () => {
    const published = await publish();

    expect(published.body).toMatchObject({ state: 'published', due: null, outcome: { release: 2 } });
    expect((await send('x.auditor', 'get', 'releases')).body).toMatchObject({
      live: 2,
      releases: [{ number: 2, origin: { kind: 'review', submission: 1 } }, { number: 1 }],
      next: null,
    });
    expect((await send('x.auditor', 'get', 'releases/2/diff')).body).toMatchObject({
      from: 1,
      to: 2,
      total: 2,
    });
    const { body } = await send('x.auditor', 'get', 'releases/2/files');
    expect(body.files['replies/demo/household.yaml']).toContain('出生后尽早申报。');
  });

  it('shows what is submitted, and what it changes', async () => {
    expect(await submit()).toMatchObject({
      status: 201,
      body: { number: 1, due: 'first', state: 'pending' },
    });

    expect((await send('a.editor', 'get', 'submissions?state=pending')).body.submissions).toHaveLength(1);
    expect((await send('a.editor', 'get', 'submissions/1/diff')).body.changes[0]).toMatchObject({
      before: '出生后一个月以内申报。',
      after: '出生后尽早申报。',
    });
    expect((await send('a.editor', 'get', 'submissions/7')).status).toBe(404);
  });

  it('refuses an author, and keeps the attempt for the audit', async () => {
    const { hash } = (await submit()).body;

    expect(await send('li.editor', 'post', 'submissions/1/approve', { hash, stage: 'first' })).toMatchObject({
      status: 403,
      body: { error: { code: 'author_cannot_review' } },
    });
    expect(refused).toEqual(['author_cannot_review']);
  });

  it('refuses an editor who does a leader’s part', async () => {
    const { hash } = (await submit()).body;
    const attempts = [
      await send('a.editor', 'post', 'submissions/1/approve', { hash, stage: 'final' }),
      await send('a.editor', 'post', 'releases/1/rollback', { reason: '试试' }),
      await send('a.editor', 'post', 'replies/birth/withdraw', { reason: '试试' }),
    ];

    expect(attempts.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(refused).toEqual(['forbidden', 'forbidden', 'forbidden']);
  });

  it('asks for a reason where it says no', async () => {
    const { hash } = (await submit()).body;
    const decide = (verb: string, reason: string) =>
      send('a.editor', 'post', `submissions/1/${verb}`, { hash, stage: 'first', reason });

    expect(await decide('return', ' ')).toMatchObject({
      status: 400,
      body: { error: { details: { fields: [{ path: 'body.reason' }] } } },
    });
    expect((await decide('return', '请补出处')).body).toMatchObject({
      state: 'returned',
      outcome: { reason: '请补出处' },
    });
  });

  it('is withdrawn by who submitted it', async () => {
    await submit();

    expect((await send('li.editor', 'post', 'submissions/1/withdraw', {})).body.state).toBe('withdrawn');
  });

  it('goes back to an earlier release, for a reason', async () => {
    await publish();
    expect((await send('c.leader', 'post', 'releases/1/rollback', {})).status).toBe(400);

    expect(await send('c.leader', 'post', 'releases/1/rollback', { reason: '写错了' })).toMatchObject({
      status: 201,
      body: { number: 3 },
    });
    expect((await send('li.editor', 'get', 'draft/snapshots')).body.snapshots).toHaveLength(1);
  });

  it('takes one reply off', async () => {
    expect(await send('c.leader', 'post', 'replies/moving/withdraw', { reason: '过时' })).toMatchObject({
      status: 201,
      body: { number: 2 },
    });
  });
});

describe('the bottom menu over HTTP', () => {
  it('is put up and read back', async () => {
    expect((await send('a.editor', 'get', 'button-menu')).body).toMatchObject({ shown: null, isSame: false });

    expect(await send('c.leader', 'post', 'button-menu/publish', {})).toMatchObject({
      status: 200,
      body: { isSame: true },
    });
    expect((await send('a.editor', 'get', 'button-menu')).body.isSame).toBe(true);
  });

  it('is reported when the platform shows something else', async () => {
    onPlatform = () => ({ button: [] });

    expect(await send('c.leader', 'post', 'button-menu/publish', {})).toMatchObject({
      status: 502,
      body: { error: { code: 'menu_differs' } },
    });
  });
});
