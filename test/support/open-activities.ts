import type { Activity } from '../../src/features/activities/activity.js';
import type { ActivityNotice } from '../../src/features/activities/activity-notice.js';
import type { Registration } from '../../src/features/activities/registration.js';
import type { RegistrationForm } from '../../src/features/activities/registration-desk.js';
import { isInPlace } from '../../src/features/activities/registrations/registration-transitions.js';
import type { Order } from '../../src/features/orders/order.js';
import { databaseOf } from '../../src/storage/mongo-connection.js';
import { accountId, activityId, buildActivity, buildForm, citizen } from './activity-builders.js';
import {
  ActivityClock,
  activityTestMigrations,
  openRegistrations,
  placesOf,
  type TicketRecord,
} from './registrations.js';
import { openTestDatabase } from './test-database.js';

/** A desk on a database of its own, whose clock stands at `monday`. */
export async function openActivities() {
  const database = await openTestDatabase(activityTestMigrations);
  const { connection } = database;
  const clock = new ActivityClock();
  const parts = openRegistrations(connection, clock);
  const { activities, places, transactions, desk, orders, gateway } = parts;
  const db = databaseOf(connection);
  const here = { accountId, activityId };

  const findOrder = async (registrationId: string): Promise<Order> => {
    const { orderId } = (await parts.registrations.find(accountId, registrationId))!;
    return orders.find(accountId, orderId!);
  };
  /** The citizen pays at the platform; what its callback says. */
  const pay = async (registrationId: string) => {
    const order = await findOrder(registrationId);
    await orders.prepare({ accountId, openid: order.openid }, order.orderId);
    return {
      id: `e-${order.orderNo}`,
      createdAt: new Date(clock.at),
      kind: 'payment',
      orderNo: order.orderNo,
      state: gateway.pay(order.orderNo, clock.at)!,
    } as const;
  };
  return {
    ...parts,
    ...database,
    clock,
    dispose: database.close,
    findOrder,
    pay,
    records: () =>
      db
        .collection<Registration>('activity_registrations')
        .find({}, { projection: { _id: 0 } })
        .toArray(),
    tickets: () => db.collection<TicketRecord>('test_tickets').find().toArray(),
    /** What citizens are owed, in the order in which it came. */
    async notices(): Promise<[openid: string, kind: string][]> {
      const found = await db.collection<ActivityNotice>('test_notices').find().toArray();
      return found.map(({ openid, kind }) => [openid, kind]);
    },
    /** Publishes an activity. */
    async publish(overrides: Partial<Activity> = {}): Promise<Activity> {
      const activity = buildActivity(overrides);
      await transactions.run(async (tx) => {
        await activities.add(tx, activity);
        await places.plan(tx, placesOf(activity));
      });
      return activity;
    },
    /** Changes it, as staff do. */
    async change(changes: Partial<Activity>): Promise<void> {
      await transactions.run(async (tx) => {
        const before = (await activities.find(accountId, activityId, tx))!;
        const after = { ...before, ...changes, revision: before.revision + 1 };
        await activities.replace(tx, before, after);
        await places.plan(tx, placesOf(after));
      });
    },
    /** It does not take place. */
    async callOff(because = '台风预警'): Promise<void> {
      await transactions.run(async (tx) => {
        const before = (await activities.find(accountId, activityId, tx))!;
        const revision = before.revision + 1;
        const after: Activity = { ...before, state: 'cancelled', cancelledBecause: because, revision };
        await activities.replace(tx, before, after);
        await places.close(tx, here);
      });
    },
    register: (nth: number, overrides: Partial<RegistrationForm> = {}, mayWait = false) =>
      desk.register(citizen(nth), buildForm(nth, overrides), mayWait),
    /** Registers and pays. */
    async buy(nth: number, overrides: Partial<RegistrationForm> = {}) {
      const { registrationId } = await desk.register(citizen(nth), buildForm(nth, overrides), false);
      await orders.learn(accountId, await pay(registrationId));
      return desk.find(citizen(nth), registrationId);
    },
    settle: () => orders.settleDue(new AbortController().signal),
    async taken(): Promise<number> {
      return (await places.find(here))!.taken;
    },
  };
}

export type ActivityBench = Awaited<ReturnType<typeof openActivities>>;

/** What is wrong with what is stored, whatever has happened; in words. Nothing, if the program is right. */
export async function findInconsistencies(bench: ActivityBench): Promise<string[]> {
  const [records, tickets, differences] = await Promise.all([
    bench.records(),
    bench.tickets(),
    bench.reconcile(),
  ]);
  const places = await bench.places.find({ accountId, activityId });
  const activity = await bench.activities.find(accountId, activityId);
  const faults = differences.map((one) => `places differ: ${JSON.stringify(one)}`);
  for (const group of places?.groups ?? [])
    if ((places!.takenBy[group.id] ?? 0) > group.quota) faults.push(`${group.id} is over its quota`);
  if (places && places.taken > places.quota) faults.push('the whole is over its quota');
  for (const registration of records) faults.push(...(await faultsOf(bench, registration, tickets)));
  const standing = records.filter(({ ordinal }) => ordinal !== undefined);
  for (const key of new Set(standing.map(({ personKey }) => personKey))) {
    const { length } = standing.filter(({ personKey }) => personKey === key);
    if (length > (activity?.limitPerPerson ?? 0)) faults.push(`one person has ${length}`);
  }
  return faults;
}

async function faultsOf(
  bench: ActivityBench,
  registration: Registration,
  tickets: readonly TicketRecord[],
): Promise<string[]> {
  const { registrationId, state, orderId, feeFen, ordinal, until, isPlaced } = registration;
  const faults: string[] = [];
  const check = (isRight: boolean, what: string) => {
    if (!isRight) faults.push(`${state} ${registrationId}: ${what}`);
  };
  const isConfirmed = state === 'confirmed' || state === 'arrived';
  const mine = tickets.filter((ticket) => ticket.registrationId === registrationId);
  const hasEnded = ['unsuccessful', 'cancelled', 'closed', 'lapsed'].includes(state);
  check(mine.filter(({ isRevoked }) => !isRevoked).length === (isConfirmed ? 1 : 0), 'valid tickets');
  check((ordinal === undefined) === hasEnded, 'ordinal');
  check((until !== undefined) === ['held', 'offered', 'waiting'].includes(state), 'until');
  check(isPlaced === undefined || (state === 'applied' && isInPlace(registration)), 'isPlaced');
  check(state !== 'held' || orderId !== undefined, 'a hold without an order');
  const order = orderId === undefined ? null : await bench.orders.find(accountId, orderId);
  check(!isConfirmed || feeFen === 0 || order?.state === 'paid', 'confirmed and not paid');
  check(state !== 'held' || order?.state === 'open' || order?.state === 'closing', 'held and settled');
  if (order?.state === 'paid' && state !== 'cancelled')
    check(order.promisedFen === (isConfirmed ? 0 : order.receivedFen), `${order.promisedFen} promised`);
  return faults;
}
