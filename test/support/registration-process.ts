import { createInterface } from 'node:readline';
import { seededRandom } from '../../src/core/seeded-random.js';
import { silentLogger } from '../../src/observability/logger.js';
import { connectMongo } from '../../src/storage/mongo-connection.js';
import { accountId, activityId, buildForm, citizen, monday, person } from './activity-builders.js';
import { outcomeOf } from './booking.js';
import { ActivityClock, clerk, openRegistrations } from './registrations.js';

/** What citizens do, all at once, and with what outcome. */
export interface RegistrationErrand {
  /**
   * `register`: for one of the groups, by turns; `wait`: the same, also in the waiting list; `cancel`, `accept`: what
   * they have; `draw`: the lots, once; `storm`: whatever comes to their minds, again and again, until the process is
   * ended.
   */
  what: 'register' | 'wait' | 'cancel' | 'accept' | 'draw' | 'storm';
  citizens: number[];
  /** Whose people they are: several may be one person. */
  persons?: number[];
  groupIds: string[];
  /** Milliseconds since `monday`. */
  at?: number;
}

/**
 * A program with a desk of its own: `registration-process.ts <database>`. For each errand that is written to it as a
 * line of JSON it writes the outcomes, as many as citizens and in their order.
 */
const connection = await connectMongo(process.argv[2] ?? '', silentLogger);
const clock = new ActivityClock();
const { desk, lottery, orders, gateway } = openRegistrations(connection, clock);
process.stdout.write('ready\n');
for await (const line of createInterface(process.stdin)) {
  const errand = JSON.parse(line) as RegistrationErrand;
  clock.at = monday + (errand.at ?? 0);
  const outcomes = await Promise.all(
    errand.citizens.map((nth, position) => outcomeOf(run(errand, nth, errand.persons?.[position] ?? nth))),
  );
  process.stdout.write(`${JSON.stringify(outcomes)}\n`);
}
await connection.close();

async function run({ what, groupIds }: RegistrationErrand, nth: number, who: number): Promise<void> {
  const groupId = groupIds[nth % groupIds.length]!;
  switch (what) {
    case 'register':
    case 'wait':
      await desk.register(citizen(nth), buildForm(nth, { groupId, person: person(who) }), what === 'wait');
      return;
    case 'cancel':
    case 'accept':
      for (const { registrationId } of await desk.listOf(citizen(nth)))
        await desk[what](citizen(nth), registrationId);
      return;
    case 'draw':
      await lottery.draw({ accountId, activityId }, clerk);
      return;
    case 'storm':
      await storm(groupIds, nth);
  }
}

async function storm(groupIds: readonly string[], nth: number): Promise<never> {
  const random = seededRandom(nth);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  for (let turn = 0; ; turn += 1) {
    const mine = (await desk.listOf(citizen(nth))).find(({ isCancellable }) => isCancellable);
    const id = mine?.registrationId ?? '';
    const form = () =>
      buildForm(nth, { groupId: pick(groupIds), requestKey: `storm-${process.pid}-${nth}-${turn}` });
    const deeds = [
      () => desk.register(citizen(nth), form(), true),
      () => desk.register(citizen(nth), form(), false),
      () => desk.cancel(citizen(nth), id),
      () => desk.accept(citizen(nth), id),
      () => pay(nth, mine?.orderId),
    ];
    await outcomeOf(pick(deeds)());
  }
}

async function pay(nth: number, orderId: string | undefined): Promise<void> {
  if (orderId === undefined) return;
  const { orderNo } = await orders.find(accountId, orderId);
  await orders.prepare(citizen(nth), orderId);
  const state = gateway.pay(orderNo, clock.at);
  if (!state) return;
  const event = {
    id: `e-${orderNo}`,
    createdAt: new Date(clock.at),
    kind: 'payment',
    orderNo,
    state,
  } as const;
  await orders.learn(accountId, event);
}
