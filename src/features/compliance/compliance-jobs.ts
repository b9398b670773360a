import type { Scheduler } from '../../core/scheduler.js';
import type { OwnData } from './own-data.js';
import { toJobReport, type PersonalDataPurge } from './personal-data-purge.js';

export interface ComplianceJobsParts {
  purge: Pick<PersonalDataPurge, 'run'>;
  ownData: Pick<OwnData, 'finish'>;
}

/** What the law wants done by the clock. Times are Asia/Shanghai. */
export function registerComplianceJobs(scheduler: Scheduler, { purge, ownData }: ComplianceJobsParts): void {
  scheduler.every({
    name: 'personal-data.purge',
    title: '清除到期的个人信息',
    purpose: '删除超过保存期限的个人信息，核对每一类还存着多少、最早是哪天的，并留下清除报告',
    when: { cron: '10 3 * * *' },
    work: async (signal) => toJobReport(await purge.run(signal)),
  });
  scheduler.every({
    name: 'erasures.finish',
    title: '删完市民要求删除的记录',
    purpose: '市民在“我的数据”里要求删除、当时没有删完的，接着删完',
    when: { cron: '*/5 * * * *' },
    work: async (signal) => ({ erasures: await ownData.finish(signal) }),
  });
}
