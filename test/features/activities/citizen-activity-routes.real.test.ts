import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  accountId,
  buildForm,
  buildGroup,
  citizen,
  day,
  hour,
  person,
} from '../../support/activity-builders.js';
import { openActivityPages, type ActivityPages } from '../../support/activity-pages.js';
import { CitizenBrowser } from '../../support/citizen-browser.js';

let pages: ActivityPages;
let amei: CitizenBrowser;
let zhang: CitizenBrowser;
let notice: string;
let activityId: string;
let nth = 0;

beforeAll(async () => {
  pages = await openActivityPages();
}, 60_000);
afterAll(() => pages.stop());
beforeEach(async () => {
  nth += 1;
  activityId = `activity-${nth}`;
  amei = new CitizenBrowser(pages.origin);
  zhang = new CitizenBrowser(pages.origin);
  await amei.signIn(pages.openidOf('阿梅'));
  await zhang.signIn(pages.openidOf('老张'));
  notice = (await amei.call('get', '/privacy')).body.version;
});

const form = (overrides: object = {}) => ({
  groupId: 'all',
  formVersion: 1,
  person: person(nth),
  facts: {},
  answers: {},
  notice,
  requestKey: `request-${nth}`,
  mayWait: false,
  ...overrides,
});

const register = (overrides: object = {}, who = amei) =>
  who.call('post', `/activities/${activityId}/registrations`, form(overrides));

/** Registered with a fee, and paid. */
async function pay(): Promise<{ path: string; orderId: string }> {
  const { body } = await register();
  const order = await pages.orders.find(accountId, body.orderId);
  await amei.call('post', `/orders/${body.orderId}/payment`);
  const merchant = await pages.sandbox.pay.merchantOf(accountId);
  pages.sandbox.pay.pay(merchant, merchant.book.find(order.orderNo));
  return { path: `/registrations/${body.registrationId}`, orderId: body.orderId };
}

describe('activities for citizens', () => {
  it('are listed and shown with what one wants to know, and drafts to nobody', async () => {
    await pages.publish(activityId, { feeFen: 100 });
    await pages.publish(`${activityId}-draft`);
    await pages.change(`${activityId}-draft`, { state: 'draft' });
    const listed = (await amei.call('get', '/activities')).body.activities as { activityId: string }[];
    expect(listed.map((one) => one.activityId)).toEqual([activityId]);
    const { body } = await amei.call('get', `/activities/${activityId}`);
    expect(body).toMatchObject({
      opening: 'open',
      left: 10,
      feeFen: { least: 100, most: 100 },
      formVersion: 1,
      groups: [{ id: 'all', left: 10, feeFen: 100, conditions: [], schools: null }],
      admission: [expect.stringContaining('先到先得'), expect.any(String), expect.any(String)],
      refunds: expect.arrayContaining(['离开始不到 1 天取消：不退']),
      commitment: null,
    });
    for (const path of [
      `/activities/${activityId}-draft`,
      '/activities/none',
      `/activities/${activityId}/draw`,
    ])
      expect((await amei.call('get', path)).status).toBe(404);
    const refused = await amei.call('post', `/activities/${activityId}-draft/registrations`, form());
    expect([refused.status, refused.body.error.code]).toEqual([404, 'no_such_activity']);
  });

  it('are for those who are signed in, and a mutation comes from our own pages', async () => {
    await pages.publish(activityId);
    const stranger = new CitizenBrowser(pages.origin);
    for (const path of ['/activities', `/activities/${activityId}`, '/registrations'])
      expect((await stranger.call('get', path)).body.error.code).toBe('sign_in_required');
    amei.csrfToken = '';
    expect((await register()).body.error.code).toBe('forged_request');
    expect((await zhang.call('get', '/registrations')).body.registrations).toEqual([]);
  });
});

describe('registering', () => {
  it('gives a ticket at once where it is free; sent twice it is one registration', async () => {
    await pages.publish(activityId);
    const first = await register();
    expect([first.status, first.body.state]).toEqual([201, 'confirmed']);
    expect(first.body).toMatchObject({
      person: { name: '市**', idNumber: expect.stringMatching(/^441\*{11}/) },
      payment: 'none',
      isCancellable: true,
      ticket: { qr: expect.stringMatching(/^SS1\./), code: expect.stringMatching(/^\w{10}$/) },
    });
    const again = await register();
    expect(again.body.registrationId).toBe(first.body.registrationId);
    const { registrations } = (await amei.call('get', '/registrations')).body;
    const ofThis = registrations.filter(
      (one: { activity: { activityId: string } }) => one.activity.activityId === activityId,
    );
    expect(ofThis).toHaveLength(1);
    expect(ofThis[0]).not.toHaveProperty('ticket');
    expect(JSON.stringify(first.body)).not.toContain(pages.openidOf('阿梅'));
  });

  it.each<[string, number, () => object]>([
    ['form_changed', 409, () => ({ formVersion: 2 })],
    ['consent_missing', 400, () => ({ notice: '2020-01-01' })],
    ['bad_id_number', 400, () => ({ person: { ...person(1), idNumber: '110105194912310021' } })],
    ['no_such_group', 404, () => ({ groupId: 'none' })],
    ['invalid_request', 400, () => ({ requestKey: 'short' })],
    ['invalid_request', 400, () => ({ answers: { size: true } })],
  ])('refuses %s, and no place is taken', async (code, status, change) => {
    await pages.publish(activityId);
    const refused = await register(change());
    expect([refused.status, refused.body.error.code]).toEqual([status, code]);
    expect((await amei.call('get', `/activities/${activityId}`)).body.left).toBe(10);
  });

  it('names the question of a bad answer', async () => {
    const size = {
      key: 'size',
      label: '尺码',
      question: '尺码',
      type: 'text',
      max: 3,
      optional: false,
    } as const;
    await pages.publish(activityId, { questions: [size] });
    const { body } = await register();
    expect(body.error).toMatchObject({ code: 'bad_answer', details: { key: 'size' } });
  });

  it('shows and changes nobody else’s registration', async () => {
    await pages.publish(activityId);
    const path = `/registrations/${(await register()).body.registrationId}`;
    expect((await zhang.call('get', path)).body.error.code).toBe('no_such_registration');
    const cancelled = await zhang.call('post', `${path}/cancellation`, { refundFen: 0 });
    expect([cancelled.status, cancelled.body.error.code]).toEqual([404, 'no_such_registration']);
    expect((await zhang.call('post', `${path}/acceptance`)).status).toBe(404);
    expect((await amei.call('get', path)).body.state).toBe('confirmed');
  });
});

describe('paying', () => {
  it('is asked for with what WeixinJSBridge needs, and only of whose order it is', async () => {
    await pages.publish(activityId, { feeFen: 100 });
    const { body } = await register();
    expect(body).toMatchObject({
      state: 'held',
      payment: 'due',
      feeFen: 100,
      until: expect.any(String),
      ticket: null,
    });
    const asked = await amei.call('post', `/orders/${body.orderId}/payment`);
    expect(asked.body).toMatchObject({
      parameters: { package: expect.stringMatching(/^prepay_id=/), signType: 'RSA' },
      bridgeScript: '/sandbox/pay/bridge.js',
    });
    for (const deed of ['payment', 'check'])
      expect((await zhang.call('post', `/orders/${body.orderId}/${deed}`)).body.error.code).toBe(
        'no_such_order',
      );
    expect((await amei.call('post', `/orders/${body.orderId}/check`)).body).toEqual({
      state: 'open',
      paidLate: false,
    });
    expect((await amei.call('get', `/registrations/${body.registrationId}`)).body.state).toBe('held');
  });

  it('is seen by asking the platform, and gives back on cancelling what was shown', async () => {
    await pages.publish(activityId, { feeFen: 100 });
    const { path, orderId } = await pay();
    expect((await amei.call('post', `/orders/${orderId}/check`)).body.state).toBe('paid');
    expect((await amei.call('get', path)).body).toMatchObject({
      state: 'confirmed',
      payment: 'paid',
      refundFen: 100,
    });
    const cancelled = await amei.call('post', `${path}/cancellation`, { refundFen: 100 });
    expect(cancelled.body).toMatchObject({ state: 'cancelled', payment: 'refunding', ticket: null });
    expect((await amei.call('post', `${path}/cancellation`, { refundFen: 100 })).body.state).toBe(
      'cancelled',
    );
  });

  it('does not give back less than was shown without saying so', async () => {
    await pages.publish(activityId, { feeFen: 100 });
    const { path, orderId } = await pay();
    await amei.call('post', `/orders/${orderId}/check`);
    await pages.change(activityId, {
      refundRules: [
        { hoursBefore: 200, percent: 100 },
        { hoursBefore: 24, percent: 50 },
      ],
    });
    const refused = await amei.call('post', `${path}/cancellation`, { refundFen: 100 });
    expect([refused.status, refused.body.error]).toMatchObject([
      409,
      { code: 'refund_changed', message: expect.stringContaining('¥0.50') },
    ]);
    expect((await amei.call('get', path)).body.state).toBe('confirmed');
    expect((await amei.call('post', `${path}/cancellation`, { refundFen: 50 })).body.state).toBe('cancelled');
  });
});

describe('waiting and accepting', () => {
  it('stands in the line only when asked to, and takes what is offered', async () => {
    await pages.publish(activityId, { quota: 1, groups: [buildGroup({ quota: 1 })] });
    const first = await pages.desk.register(citizen(nth), buildForm(500 + nth, { activityId }), false);
    expect((await register()).body.error.code).toBe('group_full');
    expect((await amei.call('get', `/activities/${activityId}`)).body.opening).toBe('waiting');
    const waiting = await register({ mayWait: true });
    expect(waiting.body).toMatchObject({ state: 'waiting', position: 0, until: null });
    await pages.desk.cancel(citizen(nth), first.registrationId);
    const path = `/registrations/${waiting.body.registrationId}`;
    expect((await amei.call('get', path)).body).toMatchObject({
      state: 'offered',
      until: expect.any(String),
    });
    expect((await amei.call('post', `${path}/acceptance`)).body).toMatchObject({
      state: 'confirmed',
      ticket: { qr: expect.any(String) },
    });
  });
});

describe('a draw', () => {
  it('shows its commitment before and all of it afterwards, and names nobody', async () => {
    await pages.publish(activityId, { mode: 'lots', quota: 1, groups: [buildGroup({ quota: 1 })] });
    const { body } = await register();
    expect(body).toMatchObject({ state: 'applied', lot: expect.stringMatching(/^[0-9a-f]{12}$/) });
    await pages.desk.register(citizen(nth), buildForm(700 + nth, { activityId }), false);
    const before = await amei.call('get', `/activities/${activityId}/draw`);
    expect(before.body).toMatchObject({ commitment: expect.stringMatching(/^[0-9a-f]{64}$/), result: null });

    pages.time.aheadMs += 4 * day + 2 * hour;
    await pages.draw(activityId);
    await amei.signIn(pages.openidOf('阿梅'));
    const after = await amei.call('get', `/activities/${activityId}/draw`);
    expect(after.body.commitment).toBe(before.body.commitment);
    expect(after.body.result).toMatchObject({ quota: 1, groups: [{ id: 'all', quota: 1 }] });
    const { entries } = after.body.result as { entries: { lot: string; won: boolean }[] };
    expect(entries.map(({ won }) => won)).toEqual([true, false]);
    expect(entries.map(({ lot }) => lot)).toContain(body.lot);
    expect(Object.keys(entries[0]!)).toEqual(['lot', 'groupId', 'won']);
  });
});
