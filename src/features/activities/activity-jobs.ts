import type { Actor } from '../../core/actor.js';
import type { Clock } from '../../core/clock.js';
import { describeError } from '../../core/errors.js';
import type { TimedJob } from '../../core/scheduler.js';
import type { ActivityStore } from './activity-store.js';
import type { ActivityLottery } from './draw/activity-lottery.js';
import type { PlaceDifference } from './registration-store.js';
import type { RegistrationUpkeep } from './registrations/registration-upkeep.js';

export interface ActivityJobsParts {
  activities: Pick<ActivityStore, 'listUndrawn'>;
  lottery: Pick<ActivityLottery, 'draw' | 'settleDue'>;
  upkeep: Pick<RegistrationUpkeep, 'endExpired' | 'offerFree' | 'closeCancelled'>;
  reconcile: () => Promise<PlaceDifference[]>;
  clock: Clock;
}

/** Draws in one run; the next comes in a minute. */
const mostDraws = 20;
/** How many differences a report names. */
const differencesShown = 50;

const program: Actor = {
  by: { staffId: 'system', name: '系统' },
  from: { address: '', agent: 'lots.draw' },
};

/** What activities need by the clock; for all accounts. Times are Asia/Shanghai. */
export function activityJobs(parts: ActivityJobsParts): TimedJob[] {
  const { upkeep, reconcile, clock } = parts;
  return [
    {
      name: 'lots.draw',
      title: '抽签',
      purpose: '报名截止后抽签，把结果告诉每个报名的市民',
      when: { cron: '* * * * *' },
      work: (signal) => drawDue(parts, signal),
    },
    {
      name: 'activity-offers.end',
      title: '收回没人接受的活动名额',
      purpose: '候补名额到期没有接受的，让给下一位；开始时还在候补的，结束候补',
      when: { cron: '* * * * *' },
      work: async (signal) => ({ ended: await upkeep.endExpired(clock.now(), signal) }),
    },
    {
      name: 'activity-offers.make',
      title: '把空出的活动名额给候补的人',
      purpose: '增加名额以后，按先后通知候补的市民',
      when: { cron: '* * * * *' },
      work: async (signal) => ({ offered: await upkeep.offerFree(signal) }),
    },
    {
      name: 'registrations.close',
      title: '处理取消的活动',
      purpose: '活动取消后，逐个通知报名的市民并全额退款',
      when: { cron: '* * * * *' },
      async work(signal) {
        const { closed, failed, reasons } = await upkeep.closeCancelled(signal);
        if (failed > 0) throw new Error(`${failed} registrations could not be closed: ${reasons.join('; ')}`);
        return { closed };
      },
    },
    {
      name: 'activity-places.reconcile',
      title: '核对活动名额',
      purpose: '核对每个活动的占用数和报名记录是否一致；不一致说明程序有错，请联系开发人员',
      when: { cron: '50 3 * * *' },
      async work() {
        const differences = await reconcile();
        if (differences.length > 0) throw new Error(describeDifferences(differences));
        return { differences: 0 };
      },
    },
  ];
}

/** One that cannot be drawn keeps no other from being drawn. */
async function drawDue({ activities, lottery, clock }: ActivityJobsParts, signal: AbortSignal) {
  const failures: string[] = [];
  const settled = await lottery.settleDue(signal);
  let drawn = 0;
  for (const { accountId, activityId } of await activities.listUndrawn(new Date(clock.now()), mostDraws)) {
    if (signal.aborted) break;
    try {
      await lottery.draw({ accountId, activityId }, program, signal);
      drawn += 1;
    } catch (error) {
      failures.push(`${activityId}: ${describeError(error)}`);
    }
  }
  if (failures.length > 0) throw new Error(`not drawn: ${failures.join('; ')}`);
  return { drawn, settled };
}

function describeDifferences(differences: readonly PlaceDifference[]): string {
  const shown = differences
    .slice(0, differencesShown)
    .map(({ activityId, groupId, taken, records }) => `${activityId}/${groupId} ${taken}≠${records}`);
  return `${differences.length} groups differ from their records: ${shown.join(', ')}`;
}
