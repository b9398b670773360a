import { describe, expect, it } from '@jest/globals';
import { UserError } from '../../../../src/core/errors.js';
import { activityKeywords, type ActivityTemplate } from '../../../../src/core/notice-template.js';
import {
  activityNoticeKinds,
  toOwedNotice,
  type ActivityNotice,
  type ActivityNoticeKind,
} from '../../../../src/features/activities/activity-notice.js';
import type { Activity } from '../../../../src/features/activities/activity.js';
import { ActivityNoticeSubject } from '../../../../src/features/activities/notices/activity-notice-subject.js';
import type { Registration } from '../../../../src/features/activities/registration.js';
import type { Order, Refund } from '../../../../src/features/orders/order.js';
import { subjectWords } from '../../../../src/web/console/undelivered/undelivered-words.js';
import {
  accountId,
  buildActivity,
  buildGroup,
  buildRegistration,
  day,
  hour,
  minute,
  monday,
} from '../../../support/activity-builders.js';
import { buildOrder } from '../../../support/order-builders.js';

const settledAt = new Date(monday - hour);
const soon = new Date(monday + hour);
const refund: Refund = {
  refundNo: 'R1',
  amountFen: 600,
  reason: '取消',
  state: 'succeeded',
  requestedBy: { staffId: 'system', name: '系统' },
  requestedAt: settledAt,
  settledAt,
};

interface World {
  registration?: Partial<Registration>;
  activity?: Partial<Activity>;
  order?: Partial<Order>;
  about?: Date;
  template?: ActivityTemplate;
}

/** What the first citizen is told. */
async function write(kind: ActivityNoticeKind, world: World = {}) {
  const { subject, notice } = open(kind, world);
  return subject.write(toOwedNotice(notice));
}

/** The words of it, without the link. */
async function say(kind: ActivityNoticeKind, world: World = {}): Promise<string | undefined> {
  return (await write(kind, world))?.said;
}

function open(kind: ActivityNoticeKind, { registration, activity, order, about, template }: World) {
  const paid = order && buildOrder({ amountFen: 1_200, ...order });
  const found = buildRegistration(1, { ...(paid && { orderId: paid.orderId }), ...registration });
  const notice: ActivityNotice = {
    accountId,
    registrationId: found.registrationId,
    openid: found.openid,
    kind,
    about: about ?? new Date(monday),
    dueAt: new Date(monday),
    until: new Date(monday + day),
  };
  const subject = new ActivityNoticeSubject({
    registrations: { find: async (_account, id) => (id === found.registrationId ? found : null) },
    activities: { find: async () => buildActivity(activity) },
    orders: {
      async find() {
        if (!paid) throw new UserError('no_such_order', '没有这个订单');
        return paid;
      },
    },
    applicants: { openMasked: () => ({ name: '市**', idNumber: '441***', phone: '138****0000' }) },
    templateOf: () => template,
    pageOf: (account, id) => `https://example.gov.cn/h5/${account}/registrations/${id}`,
    clock: { now: () => monday },
  });
  return { subject, notice };
}

describe('a message about a registration', () => {
  const what = '警营开放日，11月28日（周六）上午 9:00–11:00，梅州市公安局';

  it('of one that was approved or drawn says until when to pay how much, or that it is theirs', async () => {
    const held = { registration: { state: 'held', feeFen: 1_200, until: soon } } as const;
    expect(await say('approved', held)).toBe(
      `您的报名通过审核了：${what}。\n名额为您留到 11月23日（周一） 9:00，请在那之前付款 ¥12.00，过时会让给别人。`,
    );
    expect(await say('drawn')).toBe(`抽签抽中您了：${what}。\n名额归您了，入场时出示门票。`);
  });

  it('of one that was turned down, cancelled or closed says why, and what comes back', async () => {
    const ended = { endedBecause: '不在招募范围。' };
    expect(await say('turned_down', { registration: { state: 'unsuccessful', ...ended } })).toBe(
      `很抱歉，您的报名没有通过审核：${what}。\n原因：不在招募范围。`,
    );
    const order = { state: 'paid', receivedFen: 1_200, promisedFen: 1_200, refunds: [] } as const;
    expect(await say('cancelled', { registration: { state: 'cancelled', ...ended }, order })).toBe(
      `您的报名已由工作人员取消：${what}。\n原因：不在招募范围。\n您付的钱会原路退回 ¥12.00，退到了再告诉您。`,
    );
    const closed = { registration: { state: 'closed' }, activity: { cancelledBecause: '台风' } } as const;
    expect(await say('closed', closed)).toBe(`很抱歉，活动取消了：${what}。\n原因：台风。`);
  });

  it('of one that was not drawn tells the waiting list from the end', async () => {
    expect(await say('not_drawn', { registration: { state: 'waiting' } })).toContain('排上候补');
    expect(await say('not_drawn', { registration: { state: 'unsuccessful' } })).toContain('谁都可以验算');
  });

  it('of an offer says until when, and the price; of what lapsed, what was not done', async () => {
    const offered = { registration: { state: 'offered', feeFen: 1_200, until: soon } } as const;
    expect(await say('offered', offered)).toBe(
      `有名额了：${what}。\n这个名额为您留到 11月23日（周一） 9:00，请在那之前接受，接受后付款 ¥12.00。不需要了请取消，让给下一位。`,
    );
    expect(await say('lapsed', { registration: { state: 'lapsed' } })).toContain('没有按时接受');
    expect(await say('lapsed', { registration: { state: 'lapsed', orderId: 'o1' } })).toContain(
      '没有按时付款',
    );
  });

  it('of a change says how it is now, and that all that was paid comes back', async () => {
    const movedAt = new Date(monday + minute);
    const world = { activity: { movedAt, place: '剑英体育馆' }, about: movedAt };
    expect(await say('changed', world)).toBe(
      '您报名的活动，时间或地点有变。现在是：警营开放日，11月28日（周六）上午 9:00–11:00，剑英体育馆。\n能来就不用做什么，票照样能用；来不了，请在开始前取消。',
    );
    const order = { state: 'paid', receivedFen: 1_200, promisedFen: 0, refunds: [] } as const;
    expect(await say('changed', { ...world, order })).toContain('付过的 ¥12.00 全额退回');
  });

  it('of the day before names the time of the own group, and from when people are let in', async () => {
    const startsAt = new Date(monday + 5 * day + 6 * hour);
    const endsAt = new Date(startsAt.getTime() + hour);
    const groups = [
      buildGroup({ id: 'all', name: '下午场', startsAt, endsAt }),
      buildGroup({ id: 'other', name: '上午场' }),
    ];
    expect(await say('reminder_day', { activity: { groups }, about: startsAt })).toBe(
      '提醒您，明天有活动：警营开放日（下午场），11月28日（周六）下午 14:00–15:00，梅州市公安局。\n入场时出示门票，13:30 起可以入场。\n来不了请取消，把名额让给需要的人。',
    );
  });

  it('of money names the amount of the payment or the refund that it tells of', async () => {
    const late = { state: 'paid', paidLate: true, receivedFen: 1_200, refunds: [] } as const;
    expect(await say('paid_late', { registration: { state: 'lapsed' }, order: late })).toMatch(
      /^您的付款 ¥12\.00 到得晚了/,
    );
    const later = { ...refund, refundNo: 'R2', amountFen: 100, settledAt: new Date(monday) };
    const { settledAt: _settledAt, ...unsettled } = refund;
    const failed = { ...unsettled, refundNo: 'R3', amountFen: 50, state: 'abnormal' } as const;
    const order = { state: 'paid', receivedFen: 1_200, refunds: [refund, later, failed] } as const;
    expect(await say('refunded', { order, about: settledAt })).toMatch(/^¥6\.00 已经退回/);
    expect(await say('refunded', { order, about: later.settledAt })).toMatch(/^¥1\.00 已经退回/);
    expect(await say('refund_failed', { order, about: failed.requestedAt })).toMatch(
      /^要退给您的 ¥0\.50 没有退成/,
    );
  });

  it('leads to the page of the registration, which staff are not shown', async () => {
    const { reply, said } = (await write('drawn'))!;
    const link =
      '<a href="https://example.gov.cn/h5/pingan-meizhou/registrations/registration-1">打开门票</a>';
    expect(reply).toEqual({ kind: 'text', text: `${said}\n${link}` });
    expect(said).not.toContain('href');
  });

  it('goes as a template message outside of the window, where the account has one', async () => {
    const template = { id: 'template-2', keywords: { ...activityKeywords, note: 'thing9' } };
    expect((await write('drawn', { template }))?.template).toEqual({
      templateId: 'template-2',
      data: {
        thing1: '警营开放日',
        thing2: '梅州市公安局',
        time3: '2026年11月28日 09:00',
        thing9: '抽签抽中您了，请按时参加',
      },
      url: 'https://example.gov.cn/h5/pingan-meizhou/registrations/registration-1',
    });
    expect((await write('drawn'))?.template).toBeNull();
  });

  it('fits the platform whatever its kind, and has a name in the list of what did not arrive', async () => {
    const long = {
      title: '字'.repeat(40),
      place: '字'.repeat(100),
      groups: [buildGroup({ name: '字'.repeat(30) }), buildGroup({ id: 'b', name: 'b' })],
    };
    for (const [kind, world] of Object.entries(worlds)) {
      const known = activityNoticeKinds.find((one) => one === kind)!;
      const template = { id: 'template-2', keywords: activityKeywords };
      const text = (await write(known, { ...world, activity: { ...world.activity, ...long }, template }))!;
      expect(text.reply.kind === 'text' && Buffer.byteLength(text.reply.text)).toBeLessThanOrEqual(2_048);
      expect(Array.from(text.template!.data['thing4']!).length).toBeLessThanOrEqual(20);
      expect(subjectWords.activities.kinds[kind]).toMatch(/\p{Script=Han}/u);
    }
  });
});

const because = '字'.repeat(200);
const movedAt = new Date(monday);
const beginning = new Date(monday + 5 * day + hour);
const money = { state: 'paid', receivedFen: 1_200, promisedFen: 600 } as const;

/** Each kind where it is so. */
const worlds: Record<ActivityNoticeKind, World> = {
  approved: { registration: { state: 'held', feeFen: 1_200, until: soon } },
  turned_down: { registration: { state: 'unsuccessful', endedBecause: because } },
  drawn: { registration: { state: 'held', feeFen: 1_200, until: soon } },
  not_drawn: { registration: { state: 'waiting' } },
  offered: { registration: { state: 'offered', feeFen: 1_200, until: soon } },
  lapsed: { registration: { state: 'lapsed' } },
  changed: { registration: { agreedAt: new Date(monday - 1) }, activity: { movedAt } },
  closed: { registration: { state: 'closed' }, activity: { cancelledBecause: because } },
  cancelled: {
    registration: { state: 'cancelled', endedBecause: because },
    order: { ...money, refunds: [] },
  },
  reminder_day: { about: beginning },
  paid_late: { order: { ...money, paidLate: true, refunds: [] } },
  refunded: { order: { ...money, refunds: [refund] }, about: settledAt },
  refund_failed: { order: { ...money, refunds: [{ ...refund, state: 'failed' }] }, about: settledAt },
};

describe('what is no longer so', () => {
  it.each<[string, ActivityNoticeKind, World]>([
    ['an approval whose payment lapsed', 'approved', { registration: { state: 'lapsed' } }],
    ['a draw whose time to pay is over', 'drawn', { registration: { state: 'held', until: settledAt } }],
    ['a refusal that was taken back', 'turned_down', { registration: { state: 'confirmed' } }],
    ['a draw that was lost, and a place offered since', 'not_drawn', { registration: { state: 'offered' } }],
    ['an offer that was accepted', 'offered', { registration: { state: 'confirmed' } }],
    ['an offer that is over', 'offered', { registration: { state: 'offered', until: settledAt } }],
    ['a lapse that a late payment undid', 'lapsed', { registration: { state: 'confirmed' } }],
    ['a change that another one followed', 'changed', { activity: { movedAt: soon } }],
    [
      'a change of what was cancelled since',
      'changed',
      { registration: { state: 'cancelled', agreedAt: settledAt }, activity: { movedAt } },
    ],
    [
      'a change of an activity that was cancelled since',
      'changed',
      { registration: { agreedAt: settledAt }, activity: { movedAt, state: 'cancelled' } },
    ],
    [
      'a reminder of what was cancelled',
      'reminder_day',
      { ...worlds.reminder_day, registration: { state: 'cancelled' } },
    ],
    ['a reminder of another time', 'reminder_day', { about: soon }],
    ['a payment that was not late', 'paid_late', { order: { ...money, refunds: [] } }],
    ['a refund that is nowhere', 'refunded', {}],
    ['a refund of another time', 'refunded', { ...worlds.refunded, about: soon }],
  ])('is not said: %s', async (_what, kind, world) => {
    expect(await write(kind, world)).toBeNull();
  });

  it('nor is anything of a registration that is deleted', async () => {
    const { subject, notice } = open('drawn', {});
    const gone = { ...notice, registrationId: 'gone' };
    expect(await subject.write(toOwedNotice(gone))).toBeNull();
    expect(await subject.describe(accountId, 'gone')).toBeNull();
  });

  it('a message of another subject is a fault', async () => {
    const { subject, notice } = open('drawn', {});
    const other = { ...toOwedNotice(notice), subject: { kind: 'appointment', id: 'a1' } };
    await expect(subject.write(other)).rejects.toThrow('no message about a registration');
  });
});

it('staff see who it is for, masked, and which activity', async () => {
  const { subject, notice } = open('drawn', {});
  expect(await subject.describe(accountId, notice.registrationId)).toEqual({
    title: '警营开放日',
    place: '梅州市公安局',
    day: '2026-11-28',
    time: { startsAt: beginning, endsAt: new Date(beginning.getTime() + 2 * hour) },
    person: { name: '市**', phone: '138****0000' },
  });
});
