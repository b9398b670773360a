import { jobPathSchema, timedJobsSchema } from '../../api-types/jobs.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { JobRun } from './job-run.js';
import type { TimedJobs, TimedJobView } from './timed-jobs.js';

/** Timed jobs belong to the program as a whole, and so to whoever has the permission for every account. */
export function jobsRoutes(jobs: Pick<TimedJobs, 'list' | 'runNow'>): Route[] {
  return [
    defineRoute({
      permission: 'jobs.view',
      account: 'every',
      method: 'get',
      path: '/jobs',
      summary: 'What is done by the clock, and how it went',
      response: timedJobsSchema,
      handler: async () => ({ jobs: (await jobs.list()).map(present) }),
    }),
    defineRoute({
      permission: 'jobs.run',
      account: 'every',
      method: 'post',
      path: '/jobs/:name/run',
      summary: 'Runs a timed job now',
      params: jobPathSchema,
      handler: ({ params: { name }, actor }) => jobs.runNow(name, actor),
    }),
  ];
}

function present({ lastRun, lastFailure, nextRunAt, ...job }: TimedJobView) {
  return {
    ...job,
    lastRun: lastRun && presentRun(lastRun),
    lastFailure: lastFailure && presentRun(lastFailure),
    nextRunAt: nextRunAt?.toISOString() ?? null,
  };
}

function presentRun({ startedAt, endedAt, state, node, report, failure }: JobRun) {
  return {
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    state,
    node,
    report: report ?? null,
    failure: failure ?? null,
  };
}
