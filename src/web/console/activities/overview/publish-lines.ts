import type { ActivityDetail, ActivityPlanWire } from '../../../../api-types/activities.js';
import { roleNames } from '../../../../api-types/permissions.js';
import type { Onlooker } from '../../review/review-words.js';
import { groupWords, sayFee, sayPeriod } from '../activity-words.js';
import { sayRefunds } from '../say-refunds.js';

/** Something that whoever publishes has looked at. */
export interface PublishLine {
  key: string;
  text: string;
}

/** What must be ticked one by one before an activity is published. */
export function publishLines(plan: ActivityPlanWire): PublishLine[] {
  const fees = [...new Set(plan.groups.map((group) => group.feeFen ?? plan.feeFen))];
  const dearest = Math.max(...fees);
  return [
    { key: 'time', text: `活动时间和地点对：${sayPeriod(plan)}，${plan.place}` },
    {
      key: 'registration',
      text: `报名时间对：${sayPeriod({ startsAt: plan.opensAt, endsAt: plan.closesAt })}`,
    },
    { key: 'places', text: `名额对：总共 ${plan.quota} 个；${sayGroups(plan)}` },
    {
      key: 'admission',
      text:
        plan.mode === 'lots'
          ? '用抽签录取；发布以后不能改成别的方式'
          : `先到先得${plan.needsApproval ? '，每个人都要审核，有人负责审' : '，报上就算数'}；发布以后不能改成抽签`,
    },
    {
      key: 'fee',
      text:
        dearest === 0
          ? '不收费'
          : `收费 ${fees.map(sayFee).join('、')}；${sayRefunds(plan.refundRules, dearest)}有人报名以后退款规则不能再改`,
    },
    {
      key: 'form',
      text:
        plan.questions.length === 0
          ? '除了姓名、身份证号、手机号，不用再问别的'
          : `另外问的 ${plan.questions.length} 个问题都是办活动必须的：${plan.questions.map(({ label }) => label).join('、')}`,
    },
  ];
}

/** Why somebody may not publish a draft; undefined: they may. The server decides, by the same rules. */
export function sayHindrance(
  { state, updatedBy, problems }: Pick<ActivityDetail, 'state' | 'updatedBy' | 'problems'>,
  { staffId, can }: Onlooker,
): string | undefined {
  if (state !== 'draft') return '这个活动已经不是草稿。';
  if (!can('activities.publish')) return `写好以后，由“${roleNames.leader}”核对、发布。`;
  if (updatedBy.staffId === staffId) return '最后是您改的，不能自己发布。请另一个人核对、发布。';
  return problems.some(({ severity }) => severity === 'error') ? '还有要改的问题，改好才能发布。' : undefined;
}

function sayGroups({ kind, groups }: ActivityPlanWire): string {
  return groups.map(({ name, quota }) => `${groupWords[kind]}“${name}”${quota} 个`).join('，');
}
