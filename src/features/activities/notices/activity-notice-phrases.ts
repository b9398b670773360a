import { businessDay, timeOfDay } from '../../../core/business-day.js';
import { clockTime, linesOf, moneyInWords, momentInWords, periodInWords } from '../../../core/in-words.js';
import type { ActivityTemplate } from '../../../core/notice-template.js';
import type { ActivityNotice, ActivityNoticeKind } from '../activity-notice.js';
import { refundOf, timeOfFacts, type ActivityNoticeFacts } from './activity-notice-facts.js';

const minuteMs = 60_000;

/** What is said to citizens about a registration without their asking, and what they can do on its page. */
export interface ActivityPhrase {
  text: string;
  /** What the link to the page is called. */
  link: string;
  /** What counts, in a template's keyword of twenty characters. */
  note: string;
}

/** A message has at most 2,048 bytes, its link among them. */
export function phraseActivityNotice(notice: ActivityNotice, facts: ActivityNoticeFacts): ActivityPhrase {
  return phrases[notice.kind](facts, notice);
}

/** The same in a template. */
export function phraseActivityTemplate(
  { note }: Pick<ActivityPhrase, 'note'>,
  facts: ActivityNoticeFacts,
): Record<keyof ActivityTemplate['keywords'], string> {
  const { startsAt } = timeOfFacts(facts);
  const [year = '', month = '', date = ''] = businessDay(startsAt.getTime()).split('-');
  return {
    activity: facts.activity.title,
    place: facts.activity.place,
    time: `${year}年${Number(month)}月${Number(date)}日 ${timeOfDay(startsAt.getTime())}`,
    note,
  };
}

const phrases: Readonly<
  Record<ActivityNoticeKind, (facts: ActivityNoticeFacts, notice: ActivityNotice) => ActivityPhrase>
> = {
  approved: (facts) => sayPlace('您的报名通过审核了', facts),
  drawn: (facts) => sayPlace('抽签抽中您了', facts),
  turned_down: (facts) => ({
    text: linesOf(`很抱歉，您的报名没有通过审核：${whatOf(facts)}。`, reasonOf(facts)),
    link: '查看报名',
    note: '报名没有通过审核',
  }),
  not_drawn: (facts) =>
    facts.registration.state === 'waiting'
      ? {
          text: linesOf(
            `抽签这次没有抽中您：${whatOf(facts)}。`,
            '已经按抽出的先后为您排上候补，轮到您时会告诉您。不想等了，可以取消。',
          ),
          link: '查看候补',
          note: '没有抽中，已排上候补',
        }
      : {
          text: linesOf(`很抱歉，抽签没有抽中您：${whatOf(facts)}。`, '抽签的种子已经公布，谁都可以验算。'),
          link: '查看报名',
          note: '没有抽中，谢谢您的参与',
        },
  offered: (facts) => ({
    text: linesOf(
      `有名额了：${whatOf(facts)}。`,
      `这个名额为您留到 ${untilOf(facts)}，请在那之前接受${feeOf(facts) > 0 ? `，接受后付款 ${moneyInWords(feeOf(facts))}` : ''}。不需要了请取消，让给下一位。`,
    ),
    link: '接受名额',
    note: '有名额了，请尽快接受',
  }),
  lapsed: (facts) =>
    facts.registration.orderId === undefined
      ? {
          text: linesOf(
            `为您留的名额没有按时接受，已经让给下一位：${whatOf(facts)}。`,
            '还想参加，可以重新报名。',
          ),
          link: '查看报名',
          note: '没有按时接受，名额已让出',
        }
      : {
          text: linesOf(`您的报名没有按时付款，名额已经让出：${whatOf(facts)}。`, '还想参加，可以重新报名。'),
          link: '查看报名',
          note: '没有按时付款，名额已让出',
        },
  changed: (facts) => ({
    text: linesOf(
      `您报名的活动，时间或地点有变。现在是：${whatOf(facts)}。`,
      `能来就不用做什么${facts.registration.state === 'confirmed' ? '，票照样能用' : ''}；来不了，请在开始前取消${keptFen(facts) > 0 ? `，付过的 ${moneyInWords(keptFen(facts))} 全额退回` : ''}。`,
    ),
    link: '查看或取消',
    note: '时间或地点有变，请查看',
  }),
  closed: (facts) => ({
    text: linesOf(
      `很抱歉，活动取消了：${whatOf(facts)}。`,
      reasonOf(facts, facts.activity.cancelledBecause),
      refundAhead(facts),
    ),
    link: '查看报名',
    note: '活动取消了，请不要前往',
  }),
  cancelled: (facts) => ({
    text: linesOf(`您的报名已由工作人员取消：${whatOf(facts)}。`, reasonOf(facts), refundAhead(facts)),
    link: '查看报名',
    note: '报名已由工作人员取消',
  }),
  reminder_day: (facts) => ({
    text: linesOf(
      `提醒您，明天有活动：${whatOf(facts)}。`,
      sayEntrance(facts),
      '来不了请取消，把名额让给需要的人。',
    ),
    link: '打开门票',
    note: '明天开始，请按时到场',
  }),
  paid_late: (facts) => ({
    text: linesOf(
      `您的付款 ${moneyInWords(facts.order?.amountFen ?? 0)} 到得晚了，名额已经没有了：${whatOf(facts)}。`,
      '这笔钱会全额原路退回，退到了再告诉您。',
    ),
    link: '查看退款',
    note: '付款晚了，会全额退回',
  }),
  refunded: (facts, notice) => ({
    text: linesOf(
      `${refundInWords(notice, facts)} 已经退回：${whatOf(facts)}。`,
      '钱原路退到您付款的账户，可以在微信账单里查看。',
    ),
    link: '查看退款',
    note: `已退回 ${refundInWords(notice, facts)}`,
  }),
  refund_failed: (facts, notice) => ({
    text: linesOf(
      `要退给您的 ${refundInWords(notice, facts)} 没有退成：${whatOf(facts)}。`,
      '工作人员会接着处理，您的钱不会少。',
    ),
    link: '查看退款',
    note: '退款没有退成，会接着处理',
  }),
};

/** Somebody has got a place: with the ticket, or once it is paid for. */
function sayPlace(what: string, facts: ActivityNoticeFacts): ActivityPhrase {
  const opening = `${what}：${whatOf(facts)}。`;
  if (facts.registration.state !== 'held')
    return {
      text: linesOf(opening, '名额归您了，入场时出示门票。'),
      link: '打开门票',
      note: `${what}，请按时参加`,
    };
  return {
    text: linesOf(
      opening,
      `名额为您留到 ${untilOf(facts)}，请在那之前付款 ${moneyInWords(feeOf(facts))}，过时会让给别人。`,
    ),
    link: '去付款',
    note: `${what}，请尽快付款`,
  };
}

/** `警营开放日（小学组），11月28日（周六）上午 9:00–11:00，梅州市公安局` */
function whatOf(facts: ActivityNoticeFacts): string {
  const { activity, group } = facts;
  const { startsAt, endsAt } = timeOfFacts(facts);
  const share = group && activity.groups.length > 1 ? `（${group.name}）` : '';
  return `${activity.title}${share}，${periodInWords(startsAt, endsAt)}，${activity.place}`;
}

function reasonOf({ registration }: ActivityNoticeFacts, because = registration.endedBecause): string {
  return because === undefined ? '' : `原因：${because.replace(/[。.]$/, '')}。`;
}

function sayEntrance(facts: ActivityNoticeFacts): string {
  const { startsAt } = timeOfFacts(facts);
  const { checkInMinutes } = facts.activity;
  const opensAt = new Date(startsAt.getTime() - checkInMinutes * minuteMs);
  return `入场时出示门票${checkInMinutes > 0 ? `，${clockTime(opensAt)} 起可以入场` : ''}。`;
}

/** What is on its way back of a registration that has ended. */
function refundAhead({ order }: ActivityNoticeFacts): string {
  const promised = order?.promisedFen ?? 0;
  return promised > 0 ? `您付的钱会原路退回 ${moneyInWords(promised)}，退到了再告诉您。` : '';
}

function refundInWords(notice: ActivityNotice, facts: ActivityNoticeFacts): string {
  return moneyInWords(refundOf(notice, facts)?.amountFen ?? 0);
}

/** Paid, and not given back. */
function keptFen({ order }: ActivityNoticeFacts): number {
  return order ? order.receivedFen - order.promisedFen : 0;
}

function feeOf({ registration }: ActivityNoticeFacts): number {
  return registration.feeFen;
}

function untilOf({ registration }: ActivityNoticeFacts): string {
  return registration.until ? momentInWords(registration.until) : '今天';
}
