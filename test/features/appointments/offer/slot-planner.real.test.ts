import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, businessDay } from '../../../../src/core/business-day.js';
import { offerMigration, OfferStoreMongo } from '../../../../src/features/appointments/offer-store-mongo.js';
import { demoOffer } from '../../../../src/features/appointments/offer/demo-offer.js';
import { OfferSeeder } from '../../../../src/features/appointments/offer/offer-seeder.js';
import { SlotPlanner } from '../../../../src/features/appointments/offer/slot-planner.js';
import { StoredOffer } from '../../../../src/features/appointments/offer/stored-offer.js';
import type { SlotPlan } from '../../../../src/features/appointments/slot-store.js';
import { slotMigration, SlotStoreMongo } from '../../../../src/features/appointments/slot-store-mongo.js';
import { TransactionRunnerMongo } from '../../../../src/storage/transactions-mongo.js';
import { ClockFake, day } from '../../../support/booking.js';
import { openTestDatabase, type TestDatabase } from '../../../support/test-database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase([offerMigration, slotMigration]);
});
afterAll(() => database.close());

const clock = new ClockFake();

/** What one process has; `written` are the slots that its planner wrote. */
function openNode() {
  const { connection } = database;
  const store = new OfferStoreMongo(connection);
  const slots = new SlotStoreMongo(connection);
  const transactions = new TransactionRunnerMongo(connection);
  const written: SlotPlan[] = [];
  const planner = new SlotPlanner({
    store,
    offer: new StoredOffer(store),
    transactions,
    slots: {
      list: (range) => slots.list(range),
      withdraw: (names, because) => slots.withdraw(names, because),
      async plan(plans, tx) {
        await slots.plan(plans, tx);
        written.push(...plans);
      },
    },
    watcher: {
      planFailed: (_account, error) => {
        throw error;
      },
    },
    clock,
  });
  const seeder = new OfferSeeder({ store, transactions, planner, clock });
  const list = (accountId: string) =>
    slots.list({ accountId, firstDay: '2026-01-01', lastDay: '2099-01-01' });
  return { store, transactions, planner, seeder, written, list };
}

describe('the demo offer', () => {
  it('is there once, however many processes start at once, with the holidays that are known', async () => {
    const nodes = [openNode(), openNode(), openNode()];
    const added = await Promise.all(nodes.map(({ seeder }) => seeder.seed('demo', demoOffer)));
    expect(added.toSorted()).toEqual([0, 0, demoOffer.length + 1]);
    const { store, list } = nodes[0]!;
    expect((await store.list('demo', 'service')).map(({ value }) => value.name)).toEqual([
      '身份证',
      '出入境证件',
      '车驾管业务',
    ]);
    expect((await store.list('demo', 'venue')).every(({ value }) => value.name.includes('示例'))).toBe(true);
    expect((await list('demo')).length).toBeGreaterThan(100);
  });

  it('does not come back over what staff have changed or removed', async () => {
    const { store, transactions, seeder } = openNode();
    const [first] = await store.list('demo', 'schedule');
    await transactions.run(async (tx) => {
      await store.advance(tx, 'demo');
      await store.remove(tx, first!);
    });
    expect(await seeder.seed('demo', demoOffer)).toBe(0);
    expect((await store.list('demo', 'schedule')).map(({ id }) => id)).not.toContain(first!.id);
  });
});

describe('the planner', () => {
  it('writes nothing where everything fits, and each slot once where two plan at once', async () => {
    const { seeder, list } = openNode();
    await seeder.seed('still', demoOffer);
    const [first, second] = [openNode(), openNode()];
    await Promise.all([first.planner.plan('still'), second.planner.plan('still')]);
    expect([...first.written, ...second.written]).toEqual([]);
    const keys = (await list('still')).map(({ service, venue, startsAt }) =>
      [service, venue, startsAt.getTime()].join(),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('adds the days that come nearer, and leaves those that are past', async () => {
    const { planner, seeder, list, written } = openNode();
    await seeder.seed('moving', demoOffer);
    const before = await list('moving');
    written.length = 0;
    clock.pass(3 * day);
    await planner.plan('moving');
    const today = businessDay(clock.now());
    const newDays = [...new Set(written.map((plan) => plan.day))];
    expect(newDays.every((one) => one > before.at(-1)!.day && one <= addDays(today, 15))).toBe(true);
    expect(newDays.length).toBeGreaterThan(0);
    expect((await list('moving')).slice(0, before.length)).toEqual(before);
  });
});
