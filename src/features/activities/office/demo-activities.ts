import { addDays, businessDay, instantOf } from '../../../core/business-day.js';
import { activityPlanSchema, type ActivityPlan } from '../activity.js';

export interface DemoActivity {
  activityId: string;
  plan: ActivityPlan;
}

const common = {
  paymentMinutes: 15,
  offerMinutes: 60,
  limitPerPerson: 1,
  checkInMinutes: 60,
  needsApproval: false,
  hasWaitingList: true,
  mode: 'first_come',
  feeFen: 0,
  refundRules: [],
  questions: [],
};

/**
 * Something to try registering with, each marked as an example: a free one in age groups, one with a fee, and one by
 * lots.
 *
 * @param now milliseconds since the epoch, UTC: registration opens then.
 */
export function demoActivities(now: number): DemoActivity[] {
  const today = businessDay(now);
  const at = (days: number, time: string) => instantOf(addDays(today, days), time);
  const opensAt = new Date(now);
  return [
    { activityId: 'demo-open-day', plan: openDay(opensAt, at) },
    { activityId: 'demo-safe-driving', plan: safeDriving(opensAt, at) },
    { activityId: 'demo-school-guard', plan: schoolGuard(opensAt, at) },
  ];
}

type At = (days: number, time: string) => Date;

function openDay(opensAt: Date, at: At): ActivityPlan {
  return activityPlanSchema.parse({
    ...common,
    kind: 'registration',
    title: '警营开放日（示例）',
    description: '示例活动：参观警营、体验装备、学习安全知识。未成年人请由家长陪同。',
    place: '示例警营，集合地点以通知为准',
    startsAt: at(10, '09:00'),
    endsAt: at(10, '11:30'),
    opensAt,
    closesAt: at(8, '18:00'),
    quota: 30,
    groups: [
      { id: 'children', name: '少儿组', quota: 20, condition: { minAge: 6, maxAge: 17 } },
      { id: 'adults', name: '成人组', quota: 15, condition: { minAge: 18 } },
    ],
    questions: [
      {
        key: 'companions',
        label: '陪同人数',
        question: '有几位家人陪同？',
        type: 'choice',
        options: ['没有', '1 位', '2 位'],
      },
    ],
  });
}

function safeDriving(opensAt: Date, at: At): ActivityPlan {
  return activityPlanSchema.parse({
    ...common,
    kind: 'ticketed',
    title: '安全驾驶体验课（示例）',
    description: '示例活动：模拟驾驶、紧急避险体验。费用是示例，用来试一试付款和退款。',
    place: '示例体验中心，地址以通知为准',
    startsAt: at(12, '14:30'),
    endsAt: at(12, '16:30'),
    opensAt,
    closesAt: at(11, '18:00'),
    quota: 10,
    groups: [{ id: 'drivers', name: '成人', quota: 10, condition: { minAge: 18 } }],
    feeFen: 100,
    refundRules: [
      { hoursBefore: 48, percent: 100 },
      { hoursBefore: 24, percent: 50 },
    ],
  });
}

function schoolGuard(opensAt: Date, at: At): ActivityPlan {
  const condition = { minAge: 18, maxAge: 65 };
  const shift = { quota: 5, condition };
  return activityPlanSchema.parse({
    ...common,
    kind: 'volunteers',
    title: '护学岗志愿者招募（示例）',
    description: '示例活动：上学、放学时在校门口帮助孩子过马路。报名截止后抽签，没抽中的进入候补。',
    place: '示例小学门口',
    startsAt: at(7, '07:00'),
    endsAt: at(7, '18:00'),
    opensAt,
    closesAt: at(3, '18:00'),
    quota: 10,
    groups: [
      { id: 'morning', name: '早班', ...shift, startsAt: at(7, '07:00'), endsAt: at(7, '08:00') },
      { id: 'afternoon', name: '晚班', ...shift, startsAt: at(7, '16:30'), endsAt: at(7, '18:00') },
    ],
    mode: 'lots',
    limitPerPerson: 2,
    questions: [
      {
        key: 'experience',
        label: '服务经历',
        question: '做过哪些志愿服务？没有可以不填',
        optional: true,
        type: 'text',
      },
    ],
  });
}
