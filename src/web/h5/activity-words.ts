import type {
  CitizenActivity,
  CitizenActivitySummary,
  ListedRegistration,
  Opening,
} from '../../api-types/citizen-activities.js';
import { businessDay } from '../../api-types/business-day.js';
import { moneyInWords } from '../../api-types/in-words.js';
import { serverNow } from '../shared/server-clock.js';
import { sayDay, sayMoment, sayTimes } from './words.js';

export const openingWords: Readonly<Record<Opening, string>> = {
  not_yet: '还没开始报名',
  open: '报名中',
  full: '已报满',
  waiting: '已满，可候补',
  closed: '报名已截止',
  cancelled: '已取消',
  over: '已结束',
};

type Fees = CitizenActivitySummary['feeFen'];

/** `免费`, `¥12.00`, `¥0.00–¥12.00`. */
export function sayFees({ least, most }: Fees): string {
  if (most === 0) return '免费';
  return least === most
    ? moneyInWords(most)
    : `${least === 0 ? '免费' : moneyInWords(least)}–${moneyInWords(most)}`;
}

export function sayFee(fen: number): string {
  return sayFees({ least: fen, most: fen });
}

/** `11月25日 周三 9:00–11:00`; over several days with both. @param startsAt, endsAt ISO 8601 */
export function sayPeriod(startsAt: string, endsAt: string): string {
  const day = businessDay(Date.parse(startsAt));
  return day === businessDay(Date.parse(endsAt))
    ? `${sayDay(day)} ${sayTimes(startsAt, endsAt)}`
    : `${sayMoment(startsAt)} 至 ${sayMoment(endsAt)}`;
}

/** What its groups are called. */
export function sayGroup(kind: CitizenActivity['kind']): string {
  return { registration: '组别', ticketed: '票种', volunteers: '班次' }[kind];
}

/** How many places there are, or when one can have them. */
export function sayPlaces({ opening, opensAt, left, mode }: CitizenActivitySummary): string {
  if (opening === 'not_yet') return `${sayMoment(opensAt)} 开始报名`;
  if (opening !== 'open') return '';
  return mode === 'lots' ? `抽签，共 ${left} 个名额` : `余 ${left} 个名额`;
}

/** The state of a registration in a few characters. */
export function sayState({ state, activity }: ListedRegistration): string {
  switch (state) {
    case 'applied':
      return activity.mode === 'lots' ? '待抽签' : '待审核';
    case 'held':
      return '待付款';
    case 'waiting':
      return '候补中';
    case 'offered':
      return '有名额，待接受';
    case 'confirmed':
      return '已报名';
    case 'arrived':
      return '已入场';
    case 'unsuccessful':
      return activity.mode === 'lots' ? '未抽中' : '未通过';
    case 'cancelled':
      return '已取消';
    case 'closed':
      return '活动取消';
    case 'lapsed':
      return '已过期';
  }
}

/** What happens next, or what has happened. */
export function sayNext(registration: ListedRegistration): string {
  const { state, activity, until, position, endedBecause } = registration;
  const because = endedBecause ? `：${endedBecause}` : '';
  switch (state) {
    case 'applied':
      return activity.mode === 'lots'
        ? `已经报上。${sayMoment(activity.closesAt)} 报名截止以后抽签，结果在公众号里告诉您。`
        : '已经提交，名额给您留着。工作人员审核后，结果在公众号里告诉您。';
    case 'held':
      return until && Date.parse(until) > serverNow()
        ? `名额给您留着，请在 ${sayMoment(until)} 前付款。`
        : '付款时间过了，正在和微信支付核对，请过一会儿再看。';
    case 'waiting':
      return `${position ? `您前面还有 ${position} 位` : '下一位就是您'}。轮到您时公众号会告诉您。`;
    case 'offered':
      return until
        ? `有名额了，请在 ${sayMoment(until)} 前接受，过时会让给下一位。`
        : '有名额了，请尽快接受。';
    case 'confirmed':
      return sayEntrance(registration);
    case 'arrived':
      return activity.kind === 'volunteers' ? '已经签到，谢谢您。' : '已经入场。';
    case 'unsuccessful':
      return activity.mode === 'lots' ? '这次没有抽中，谢谢您参加。' : `这次没有通过${because}。`;
    case 'cancelled':
      return `报名已经取消${because}。`;
    case 'closed':
      return `活动取消了${because}。`;
    case 'lapsed':
      return '过了规定的时间，名额已经让给别人。';
  }
}

/** Where the money is; empty where there is none. */
export function sayPayment({ payment, feeFen }: ListedRegistration): string {
  switch (payment) {
    case 'none':
      return '';
    case 'due':
      return `待付 ${moneyInWords(feeFen)}`;
    case 'paid':
      return `已付 ${moneyInWords(feeFen)}`;
    case 'refunding':
      return '正在退款，原路退回，到账后公众号会告诉您';
    case 'refunded':
      return '退款已经原路退回';
    case 'refund_waits':
      return '退款正由工作人员处理，不用您操作';
  }
}

/** What is asked before a registration is given up, with the exact amount that comes back. */
export function sayCancelling({ state, payment, refundFen }: ListedRegistration): string {
  if (state === 'waiting') return '退出以后要重新排到最后。';
  const place = '名额会让给别人，不能恢复。';
  if (refundFen > 0) return `取消后退还 ${moneyInWords(refundFen)}，原路退回。${place}`;
  return payment === 'paid' ? `按退费规则，现在取消不退费。${place}` : place;
}

function sayEntrance({ activity, group }: ListedRegistration): string {
  const opens = new Date(Date.parse(group.startsAt) - activity.checkInMinutes * 60_000).toISOString();
  return `名额已经是您的了。${sayMoment(opens)} 起入场，出示下面的二维码。`;
}

/** What is new in a form that changed while it was being filled in, one sentence each. */
export function sayFormChanges(before: CitizenActivity, after: CitizenActivity): string[] {
  return [
    ...sayQuestionChanges(before, after),
    ...sayGroupChanges(before, after),
    ...sayPlanChanges(before, after),
  ];
}

function sayQuestionChanges(before: CitizenActivity, after: CitizenActivity): string[] {
  const former = new Map(before.questions.map((one) => [one.key, JSON.stringify(one)]));
  const kept = new Set(after.questions.map(({ key }) => key));
  return [
    ...after.questions.flatMap((one) => {
      const was = former.get(one.key);
      if (was === undefined) return [`新问了“${one.label}”`];
      return was === JSON.stringify(one) ? [] : [`“${one.label}”的问法变了`];
    }),
    ...before.questions.filter(({ key }) => !kept.has(key)).map(({ label }) => `不再问“${label}”`),
  ];
}

function sayGroupChanges(before: CitizenActivity, after: CitizenActivity): string[] {
  return after.groups.flatMap((group) => {
    const was = before.groups.find(({ id }) => id === group.id);
    if (!was) return [`新增了“${group.name}”`];
    return [
      ...(was.feeFen === group.feeFen
        ? []
        : [`“${group.name}”的费用由${sayFee(was.feeFen)}改为${sayFee(group.feeFen)}`]),
      ...(was.conditions.join() === group.conditions.join() ? [] : [`“${group.name}”的条件变了`]),
    ];
  });
}

function sayPlanChanges(before: CitizenActivity, after: CitizenActivity): string[] {
  return [
    ...(before.startsAt === after.startsAt && before.endsAt === after.endsAt
      ? []
      : [`时间改为 ${sayPeriod(after.startsAt, after.endsAt)}`]),
    ...(before.place === after.place ? [] : [`地点改为${after.place}`]),
    ...(before.refunds.join() === after.refunds.join() ? [] : ['退费规则变了']),
  ];
}
