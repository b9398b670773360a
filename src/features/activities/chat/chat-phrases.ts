import {
  clockTime,
  durationInWords,
  linesOf,
  momentInWords,
  moneyInWords,
  monthAndDate,
  periodInWords,
  withinBytes,
} from '../../../core/in-words.js';
import { businessDay } from '../../../core/business-day.js';
import { feeOf, timeOf, type Activity, type ActivityGroup } from '../activity.js';
import { sayConditions, sayRefunds } from '../citizen-activity-words.js';
import type { RegistrationView } from '../registration-desk.js';
import type { RegistrationState } from '../registration.js';

/** A registration with what it is for, and where its page is. */
export interface NamedRegistration {
  view: RegistrationView;
  /** Null: it is known no more. */
  activity: Activity | null;
  group: ActivityGroup | undefined;
  /** The address of its page: payment, ticket, cancelling. */
  link: string;
  /** Of its ticket. */
  code?: string;
}

/** What the chat says about activities. For citizens, so in Chinese; a message has at most 1,500 bytes of UTF-8. */
export const chatPhrases = {
  noActivities: '现在没有可以报名的活动，请过些时候再来。',
  noGroups: '这个活动现在没有可以报的组别，请回复“活动报名”重新选。',
  noneToCancel: '您现在没有可以取消的报名。',
  noneOffered: '现在没有等您接受的活动名额。已经报上的，回复“我的报名”查看。',
  none: '您现在没有报名。回复“活动报名”看看有什么活动。',
  refundChanged: (fen: number) => `能退的金额变了，现在是 ${moneyInWords(fen)}，请再看一下。`,
  tooMuchForChat: (link: string) => `这个活动要填的内容比较多，请在页面上报名：${link}`,

  full: '已满',
  begun: '已经开始',
  closed: '现在不能报',
  left: (count: number) => `余 ${count}`,
  leftAndApproved: (count: number) => `余 ${count}，要审核`,
  lots: (quota: number) => `${quota} 个名额，抽签`,
  waitInstead: '已满，选它排候补',
  opensAt: (at: Date) => `${monthAndDate(businessDay(at.getTime()))} ${clockTime(at)} 起报名`,

  school: {
    label: '学校',
    question: '在哪所学校？',
    write: '在哪所学校？请写学校的全名。',
    other: '都不是',
  },
  district: {
    label: '区县',
    question: '在哪个区县？',
    write: '在哪个区县？请写全名，例如梅江区。',
    other: '都不是',
  },

  activity: (activity: Activity) =>
    clip([activity.title, periodInWords(activity.startsAt, activity.endsAt), feesOf(activity)]),
  group: (activity: Activity, group: ActivityGroup) =>
    clip([group.name, feeInWords(activity, group), ownTime(group), ...sayConditions(group.condition)]),
  terms,

  registered,
  cancelled,
  /** One line, to choose it by. */
  title: (named: NamedRegistration) => clip([titleOf(named), whenOf(named)]),
  offered: (named: NamedRegistration) => clip([`活动：${titleOf(named)}`, whenOf(named)]),
  toCancel: (named: NamedRegistration) => clip([comesBack(named.view), titleOf(named), whenOf(named)]),
  mine,
} as const;

/** Above the review: what it costs, what comes back, and how it is decided. */
function terms(activity: Activity, group: ActivityGroup, mayWait: boolean, link: string): string {
  const { mode, paymentMinutes } = activity;
  const fee = feeOf(activity, group);
  const pay = `费用 ${moneyInWords(fee)}，有了名额请在 ${durationInWords(paymentMinutes)}内付款。`;
  return linesOf(
    mayWait ? '这一组已满，您报的是候补，现在不用付款。' : '',
    mode === 'lots' ? `报名到 ${momentInWords(activity.closesAt)} 截止，之后抽签，早报晚报机会一样。` : '',
    fee === 0 ? '不收费。' : pay,
    fee === 0 ? '' : `${sayRefunds(activity).join('；')}。`,
    `活动详情：${link}`,
    '请核对：',
  );
}

/** What has become of it, and what is to be done next. */
function registered(named: NamedRegistration): string {
  return linesOf(nextStep(named), ...detailsOf(named), seeAgain);
}

function nextStep(named: NamedRegistration): string {
  const { view, link } = named;
  switch (view.state) {
    case 'held':
      return `名额给您留着。请在 ${deadline(view)} 前付款 ${moneyInWords(view.feeFen)}，过时名额会让给别人：${link}`;
    case 'applied':
      return appliedInWords(named);
    case 'waiting':
      return `已排上候补。${lineInWords(view)}有人退出会按先后给您留位并通知您，收到后回复“接受活动名额”。`;
    case 'offered':
      return `有名额留给您，请在 ${deadline(view)} 前回复“接受活动名额”。`;
    case 'confirmed':
      return linesOf('报名成功。', ticketInWords(named));
    case 'arrived':
      return '您已经入场了。';
    case 'unsuccessful':
    case 'cancelled':
    case 'closed':
    case 'lapsed':
      return `这个报名${stateNames[view.state]}。`;
  }
}

function appliedInWords({ activity, view }: NamedRegistration): string {
  if (activity?.mode !== 'lots') return '已经提交，工作人员审核后通知您，名额先给您留着。';
  const lot = view.lot === undefined ? '' : `您的签号是 ${view.lot}。`;
  return `报名成功，等抽签。${lot}${momentInWords(activity.closesAt)} 截止后抽签，结果会通知您。`;
}

function cancelled(named: NamedRegistration, refundFen: number): string {
  return linesOf(`已取消：${titleOf(named)}，${whenOf(named)}。`, moneyBack(named, refundFen));
}

function moneyBack({ view, link }: NamedRegistration, refundFen: number): string {
  if (refundFen === 0) return view.payment === 'paid' ? `按规则不退费。详情：${link}` : '';
  const money = moneyInWords(refundFen);
  return view.payment === 'refund_waits'
    ? `退款 ${money} 要由工作人员复核，复核后原路退回。进度：${link}`
    : `退款 ${money} 原路退回，到账以微信支付的通知为准。进度：${link}`;
}

/** Those that stand, or whose money is on its way back; as many as one message holds. */
function mine(all: readonly NamedRegistration[]): string {
  const shown = withinBytes(all.map(entryOf), 1_000);
  const others = all.length - shown.length;
  return [
    ...shown,
    ...(others > 0 ? [`还有 ${others} 个没有列出。`] : []),
    '不参加了回复“取消报名”，还想报回复“活动报名”。',
  ].join('\n\n');
}

function entryOf(named: NamedRegistration): string {
  const { view } = named;
  return linesOf(
    `〔${stateInWords(named)}〕${titleOf(named)}`,
    whenOf(named),
    ownSentence(named),
    view.state === 'confirmed' ? '' : `详情：${named.link}`,
  );
}

function ownSentence(named: NamedRegistration): string {
  const { view } = named;
  const { state } = view;
  if (state === 'held') return `请在 ${deadline(view)} 前付款 ${moneyInWords(view.feeFen)}`;
  if (state === 'offered') return `请在 ${deadline(view)} 前回复“接受活动名额”`;
  if (state === 'waiting') return lineInWords(view);
  return state === 'confirmed' ? ticketInWords(named) : '';
}

function stateInWords({ view, activity }: NamedRegistration): string {
  if (view.payment === 'refunding') return '退款中';
  if (view.payment === 'refund_waits') return '退款待复核';
  if (view.state !== 'applied') return stateNames[view.state];
  return activity?.mode === 'lots' ? '待抽签' : '待审核';
}

function ticketInWords({ code, link }: NamedRegistration): string {
  return linesOf(code === undefined ? '' : `票码：${code}`, `入场出示这一页：${link}`);
}

function detailsOf(named: NamedRegistration): string[] {
  const { view, activity } = named;
  return [
    `活动：${titleOf(named)}`,
    `时间：${whenOf(named)}`,
    `地点：${activity?.place ?? unknown}`,
    view.person === null ? '' : `姓名：${view.person.name}`,
    view.state === 'confirmed' || view.state === 'held' ? '' : `详情：${named.link}`,
  ];
}

function titleOf({ activity, group }: NamedRegistration): string {
  if (activity === null) return unknown;
  return group === undefined || activity.groups.length === 1
    ? activity.title
    : `${activity.title}（${group.name}）`;
}

function whenOf({ activity, group }: NamedRegistration): string {
  if (activity === null) return unknown;
  const { startsAt, endsAt } = timeOf(activity, group ?? activity);
  return periodInWords(startsAt, endsAt);
}

function comesBack({ refundFen, payment }: RegistrationView): string {
  if (refundFen > 0) return `退回 ${moneyInWords(refundFen)}`;
  return payment === 'paid' ? '不退费' : '';
}

function ownTime(group: ActivityGroup): string {
  const { startsAt, endsAt } = group;
  return startsAt && endsAt ? periodInWords(startsAt, endsAt) : '';
}

function feesOf(plan: Pick<Activity, 'feeFen' | 'groups'>): string {
  const fees = plan.groups.map((group) => feeOf(plan, group));
  const [least, most] = [Math.min(...fees), Math.max(...fees)];
  if (most === 0) return '免费';
  if (least === most) return moneyInWords(most);
  return least === 0 ? '部分收费' : `${moneyInWords(least)} 起`;
}

function feeInWords(activity: Activity, group: ActivityGroup): string {
  const fee = feeOf(activity, group);
  return fee === 0 ? '免费' : moneyInWords(fee);
}

function lineInWords({ position }: RegistrationView): string {
  return position === undefined ? '' : `您前面有 ${position} 位。`;
}

function deadline({ until }: RegistrationView): string {
  return until === undefined ? '规定时间' : momentInWords(until);
}

/** What an option's label holds. */
const longestLabel = 120;

function clip(parts: readonly string[]): string {
  const label = parts.filter((part) => part !== '').join('，');
  if (label.length <= longestLabel) return label;
  return `${label.slice(0, longestLabel - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

const unknown = '（已调整，请咨询主办方）';
const seeAgain = '回复“我的报名”随时查看，“取消报名”不参加了。';

const stateNames: Readonly<Record<RegistrationState, string>> = {
  applied: '待审核',
  held: '待付款',
  waiting: '候补中',
  offered: '待接受',
  confirmed: '已报名',
  arrived: '已入场',
  unsuccessful: '没有成功',
  cancelled: '已取消',
  closed: '已取消',
  lapsed: '已过期',
};
