import type { Actor } from '../../core/actor.js';
import { UserError } from '../../core/errors.js';
import type { TimedJob } from '../../core/scheduler.js';
import { audienceTexts } from './audience-texts.js';
import type { AudienceRuns } from './audience-runs.js';

/** What the audience needs by the clock. Times are Asia/Shanghai. */
export function audienceJobs(
  runs: Pick<AudienceRuns, 'synchronise'>,
  accountIds: readonly string[],
): TimedJob[] {
  return [
    {
      name: 'followers.synchronise',
      title: '同步粉丝',
      purpose: '每周从微信取回粉丝名单、标签和关注时间，找出已经取消关注的人',
      when: { cron: '30 2 * * 1' },
      async work(signal) {
        let begun = 0;
        for (const accountId of accountIds) {
          if (signal.aborted) break;
          begun += (await begin(runs, accountId)) ? 1 : 0;
        }
        return { begun };
      },
    },
  ];
}

/** @returns false: staff have begun one already. */
async function begin(runs: Pick<AudienceRuns, 'synchronise'>, accountId: string): Promise<boolean> {
  try {
    await runs.synchronise(accountId, byTheClock);
    return true;
  } catch (error) {
    if (error instanceof UserError && error.code === 'already_running') return false;
    throw error;
  }
}

const byTheClock: Actor = {
  by: { staffId: 'system', name: audienceTexts.weeklyJob },
  from: { address: '', agent: 'followers.synchronise' },
};
