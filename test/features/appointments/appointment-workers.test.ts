import { expect, it } from '@jest/globals';
import { createAppointmentWorkers } from '../../../src/features/appointments/appointment-workers.js';
import { until } from '../../support/until.js';

it('a start plans the slots of each account once, and what failed again with the next round', async () => {
  const planned: string[] = [];
  const failures: unknown[] = [];
  let rounds = 0;
  const workers = createAppointmentWorkers({
    accountIds: ['one', 'other'],
    desk: {
      listToDisplace: async (accountId) => {
        if (accountId === 'one') rounds += 1;
        return [];
      },
      displace: async () => true,
    },
    slots: { find: async () => null },
    seeder: { seed: async () => 0 },
    calendar: { missingYears: async () => [] },
    planner: {
      plan: async (accountId) => {
        planned.push(accountId);
        if (accountId === 'other' && failures.length === 0) throw new Error('the database is away');
      },
    },
    watcher: {
      planFailed: () => undefined,
      roundFailed: (error) => void failures.push(error),
      displaced: () => undefined,
      calendarChecked: () => undefined,
    },
  });
  workers.start();
  await until('the first round has failed', () => failures.length === 1);
  for (const round of [2, 3]) {
    workers.nudge();
    await until(`round ${round}`, () => rounds === round);
  }
  await workers.stop();
  expect(planned).toEqual(['one', 'other', 'other']);
});
