import { describe, expect, it } from '@jest/globals';
import type { TimedJob } from '../../../src/core/scheduler.js';
import {
  registerAppointmentJobs,
  type AppointmentJobsParts,
} from '../../../src/features/appointments/appointment-jobs.js';
import type { Appointment } from '../../../src/features/appointments/appointment.js';

const signal = new AbortController().signal;

describe('the jobs of appointments', () => {
  it('are named, explained in Chinese, and due as announced', () => {
    const jobs = [...register().values()];
    expect(jobs.map(({ name, when }) => [name, 'cron' in when ? when.cron : when.everyMs])).toEqual([
      ['places.reclaim', '* * * * *'],
      ['visits.miss', '*/10 * * * *'],
      ['closures.displace', '* * * * *'],
      ['places.reconcile', '40 3 * * *'],
      ['slots.plan', '10 0 * * *'],
      ['calendar.check', '0 8 * * *'],
      ['reminders.plan', '*/5 * * * *'],
    ]);
    for (const { title, purpose } of jobs) expect(title + purpose).toMatch(/\p{Script=Han}/u);
  });

  it.each([
    ['places.reclaim', { lapsed: 2, offered: 1 }],
    ['visits.miss', { missed: 3 }],
    ['closures.displace', { displaced: 1 }],
    ['places.reconcile', { differences: 0 }],
    ['slots.plan', { accounts: 1 }],
    ['calendar.check', { missing: [2027] }],
    ['reminders.plan', { day: 4, hours: 5 }],
  ])('%s reports what it did', async (name, report) => {
    expect(await register().get(name)?.work(signal)).toEqual(report);
  });

  it('fail where places and records tell different stories, so that somebody looks', async () => {
    const difference = { accountId: 'pingan-meizhou', slotId: 's1', taken: 2, records: 1 };
    const jobs = register({ reconcile: async () => [difference] });
    await expect(jobs.get('places.reconcile')?.work(signal)).rejects.toThrow('s1 2≠1');
  });
});

function register(desk: Partial<AppointmentJobsParts['desk']> = {}): Map<string, TimedJob> {
  const jobs = new Map<string, TimedJob>();
  const closed = [{ appointmentId: 'a1', slotId: 's1' } as Appointment];
  registerAppointmentJobs(
    { every: (job) => void jobs.set(job.name, job) },
    {
      accountIds: ['pingan-meizhou'],
      desk: {
        listToDisplace: async () => closed.splice(0),
        displace: async () => true,
        reclaim: async () => ({ lapsed: 2, offered: 1 }),
        markMissed: async () => 3,
        reconcile: async () => [],
        ...desk,
      },
      slots: { find: async () => null },
      planner: { plan: async () => undefined },
      seeder: { seed: async () => 0 },
      calendar: { missingYears: async () => [2027] },
      reminders: { plan: async () => ({ day: 4, hours: 5 }) },
      watcher: { displaced: () => undefined },
      clock: { now: () => 0 },
    },
  );
  return jobs;
}
