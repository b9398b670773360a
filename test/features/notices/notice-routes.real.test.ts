import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { openidOf } from '../../support/delivery-builders.js';
import { openNotices, type Notices } from '../../support/open-notices.js';
import { until } from '../../support/until.js';

let slice: Notices;
beforeAll(async () => {
  slice = await openNotices();
  slice.workers.start();
});
afterAll(() => slice.close());

const author = 'li.noticeSender';
const plan = {
  kind: 'routine',
  title: '限行提示',
  content: { body: { kind: 'text', text: '{{区县}}明天限行' } },
  audience: { kind: 'everyone' },
  channels: ['customer_service'],
  sendAt: null,
  training: false,
};
const reviewers = { first: 'wang.editor', second: 'zhao.sectionHead', final: 'qian.leader' };

async function reach(id: string, state: string) {
  return until(`the notice is ${state}`, async () => {
    const { body } = await slice.ask(author, 'get', `notices/${id}`);
    return body.state === state && body;
  });
}

async function submit(change: object = {}) {
  const { body } = await slice.ask(author, 'post', 'notices', { plan: { ...plan, ...change } });
  await slice.ask(author, 'post', `notices/${body.id}/submit`, { revision: 1 });
  return reach(body.id, 'pending');
}

const approve = (notice: { id: string; hash: string }, stage: string, who: string, change: object = {}) =>
  slice.ask(who, 'post', `notices/${notice.id}/approve`, {
    hash: notice.hash,
    stage,
    recipients: 3,
    channels: ['customer_service'],
    ...change,
  });

describe('a routine notice', () => {
  it('goes from its forecast through three reviews to the report and its files', async () => {
    const forecast = (await slice.ask(author, 'post', 'notices/forecast', { plan })).body;
    expect(forecast).toMatchObject({
      findings: [],
      recipients: 3,
      placeholders: ['区县'],
      cost: [{ channel: 'customer_service', calls: 3, remainingToday: 100_000 }],
    });
    expect(forecast.samples[0]).toMatchObject({ channel: 'customer_service', text: '梅江区明天限行' });

    const notice = await submit();
    expect(notice).toMatchObject({
      due: 'first',
      size: { recipients: 3, byChannel: { customer_service: 3 } },
    });
    for (const [stage, who] of Object.entries(reviewers)) {
      expect((await approve(notice, stage, who)).status).toBe(200);
    }
    await reach(notice.id, 'finished');
    expect(slice.platform.sent.map(({ openid }) => openid).sort()).toEqual([0, 1, 2].map(openidOf));

    const { body: report } = await slice.ask('sun.auditor', 'get', `notices/${notice.id}/report`);
    expect(report).toMatchObject({
      notice: { state: 'finished' },
      progress: { total: 3, states: { accepted: 3, waiting: 0 } },
    });
    const page = (await slice.ask(author, 'get', `notices/${notice.id}/deliveries?limit=2`)).body;
    expect(page).toMatchObject({ deliveries: [{ row: 0 }, { row: 1 }], next: 1 });
    const rest = (await slice.ask(author, 'get', `notices/${notice.id}/deliveries?after=1`)).body;
    expect(rest).toMatchObject({ deliveries: [{ row: 2, state: 'accepted' }], next: null });

    const csv = await slice.ask(author, 'get', `notices/${notice.id}/export.csv`);
    expect(csv.text.split('\r\n')).toHaveLength(5);
    expect(csv.text).toContain(`1,${openidOf(0)},微信已接收,客服消息`);
    const { body: file } = await slice.ask(author, 'get', `notices/${notice.id}/export.xlsx`);
    expect(await readSheet(file)).toHaveLength(4);
  });

  it('cannot be approved by somebody whose page shows what was before a change', async () => {
    const notice = await submit({ title: '要改的' });
    const changed = { ...plan, content: { body: { kind: 'text', text: '后天限行' } } };
    await slice.ask(author, 'put', `notices/${notice.id}`, { revision: 1, plan: changed });
    expect((await approve(notice, 'first', reviewers.first)).body.error.code).toBe('notice_state');
    await slice.ask(author, 'post', `notices/${notice.id}/submit`, { revision: 2 });
    const again = await reach(notice.id, 'pending');
    expect(again.hash).not.toBe(notice.hash);
    expect((await approve(notice, 'first', reviewers.first)).body.error.code).toBe('hash_mismatch');
    expect((await approve(again, 'first', reviewers.first)).status).toBe(200);
  });

  it('with faults is told all of them', async () => {
    const faulty = { ...plan, channels: ['mass'], content: { body: { kind: 'text', text: '{{姓名}}' } } };
    const { body } = await slice.ask(author, 'post', 'notices', { plan: faulty });
    const refused = await slice.ask(author, 'post', `notices/${body.id}/submit`, { revision: 1 });
    expect(refused).toMatchObject({ status: 422, body: { error: { code: 'notice_has_faults' } } });
    expect(refused.body.error.details.findings).toHaveLength(2);
    expect((await slice.ask(author, 'delete', `notices/${body.id}`)).status).toBe(204);
  });
});

describe('an emergency notice', () => {
  it('needs one approval, and not by its author', async () => {
    const notice = await submit({ kind: 'emergency' });
    expect(notice.due).toBe('emergency');
    const own = await approve(notice, 'emergency', 'li.leader');
    expect(own).toMatchObject({ status: 403, body: { error: { code: 'author_cannot_review' } } });
    expect((await approve(notice, 'emergency', 'wang.editor')).status).toBe(403);
    expect((await approve(notice, 'emergency', 'qian.leader')).status).toBe(200);
    await reach(notice.id, 'finished');
  });

  it('in a training reaches nobody, with a record of everybody', async () => {
    const sent = slice.platform.sent.length;
    const notice = await submit({ kind: 'emergency', training: true });
    await approve(notice, 'emergency', 'qian.leader');
    await reach(notice.id, 'finished');
    const { body } = await slice.ask(author, 'get', `notices/${notice.id}/progress`);
    expect(body.states).toMatchObject({ rehearsed: 3, accepted: 0 });
    expect(slice.platform.sent).toHaveLength(sent);
  });
});

describe('a list of recipients', () => {
  it('is uploaded, looked through, confirmed and sent to', async () => {
    const base64 = Buffer.from(`openid,姓名\n${openidOf(1)},张三\n不是,李四\n`).toString('base64');
    const upload = await slice.ask(author, 'post', 'notice-lists', { filename: '名单.csv', base64 });
    expect(upload).toMatchObject({ status: 201, body: { rows: 2, usable: 1, confirmed: false } });
    expect(upload.body.rowFaults).toMatchObject([{ row: 3, code: 'openid_malformed' }]);
    const { listId } = upload.body;
    const forList = {
      audience: { kind: 'list', listId },
      content: { body: { kind: 'text', text: '{{姓名}}您好' } },
    };
    const early = await slice.ask(author, 'post', 'notices/forecast', { plan: { ...plan, ...forList } });
    expect(early.body.findings).toMatchObject([{ code: 'list_unconfirmed' }]);
    expect((await slice.ask(author, 'post', `notice-lists/${listId}/confirm`)).body.confirmed).toBe(true);
    const notice = await submit(forList);
    for (const [stage, who] of Object.entries(reviewers))
      await approve(notice, stage, who, { recipients: 1 });
    await reach(notice.id, 'finished');
    expect(slice.platform.sent.at(-1)).toMatchObject({
      openid: openidOf(1),
      message: { medium: { text: '张三您好' } },
    });
    expect((await slice.ask('sun.auditor', 'get', `notice-lists/${listId}`)).body).toMatchObject({ rows: 2 });
  });
});

describe('what an account keeps for its notices', () => {
  it('are texts for emergencies, samples once', async () => {
    await slice.seedDemo();
    const { body } = await slice.ask(author, 'get', 'notice-presets');
    expect(body.presets).toHaveLength(3);
    expect(body.presets.every(({ title }: { title: string }) => title.startsWith('示例'))).toBe(true);
    for (const { id } of body.presets) await slice.ask('qian.leader', 'delete', `notice-presets/${id}`);
    await slice.seedDemo();
    expect((await slice.ask(author, 'get', 'notice-presets')).body.presets).toEqual([]);
    const words = { title: '停电', text: '全市停电' };
    const { body: added } = await slice.ask('qian.leader', 'post', 'notice-presets', words);
    const changed = await slice.ask('qian.leader', 'put', `notice-presets/${added.id}`, {
      ...words,
      title: '断电',
    });
    expect(changed.body).toMatchObject({ title: '断电', updatedBy: { staffId: 'qian' } });
    const faulty = await slice.ask('qian.leader', 'post', 'notice-presets', { ...words, text: '{{姓名}}' });
    expect(faulty.body.error.code).toBe('preset_with_placeholders');
  });

  it('are pictures, known by what they hold', async () => {
    const png = Buffer.from('\x89PNG\r\n\x1a\n picture', 'latin1');
    const upload = (bytes: Buffer) =>
      slice.ask(author, 'post', 'notice-pictures', {
        mediaType: 'image/png',
        base64: bytes.toString('base64'),
      });
    const { body } = await upload(png);
    expect(body).toMatchObject({ mediaType: 'image/png', bytes: png.length });
    expect((await upload(png)).body.pictureId).toBe(body.pictureId);
    const shown = await slice.ask(author, 'get', `notice-pictures/${body.pictureId}`);
    expect(shown).toMatchObject({ type: 'image/png', body: png });
    expect((await upload(Buffer.from('GIF89a'))).body.error.code).toBe('picture_unknown');
    expect((await upload(Buffer.concat([png, Buffer.alloc(2 * 1_024 * 1_024)]))).status).toBe(413);
    expect((await slice.ask(author, 'get', 'notice-pictures/nothing')).status).toBe(404);
  });

  it('are quiet hours, shown with what the platform still allows', async () => {
    const quietHours = { from: '22:00', to: '07:00' };
    expect((await slice.ask('qian.leader', 'put', 'notice-quiet-hours', { quietHours })).status).toBe(204);
    const { body } = await slice.ask(author, 'get', 'notice-quotas');
    expect(body).toMatchObject({
      quietHours,
      mass: { month: '2026-11', byLeft: expect.arrayContaining([{ left: 4, followers: 3 }]) },
    });
    expect(body.quotas).toHaveLength(4);
    expect((await slice.ask(author, 'get', 'notice-templates')).body).toEqual({ templates: [] });
  });

  it('goes on record', async () => {
    expect(await slice.actions()).toEqual(
      expect.arrayContaining([
        'notice.create',
        'notice.submit',
        'notice.approve',
        'notice.change',
        'notice.remove',
        'notice-list.upload',
        'notice-list.confirm',
        'notice-preset.add',
        'notice-preset.change',
        'notice-preset.remove',
        'notice-picture.upload',
        'notice-settings.change',
      ]),
    );
  });
});
