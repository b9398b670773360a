import { createInterface } from 'node:readline';
import { seededRandom } from '../../src/core/seeded-random.js';
import { silentLogger } from '../../src/observability/logger.js';
import { connectMongo } from '../../src/storage/mongo-connection.js';
import {
  buildService,
  citizen,
  ClockFake,
  consent,
  monday,
  OfferFake,
  openDesk,
  outcomeOf,
  person,
} from './booking.js';

/** What citizens do, all at once, and with what outcome. */
export interface BookingErrand {
  /**
   * `book`, `hold`: a place in any of the slots; `wait`: for the day of the first slot; `cancel`, `accept`: what they
   * have; `storm`: whatever comes to their minds, again and again, until the process is ended.
   */
  what: 'book' | 'hold' | 'wait' | 'cancel' | 'accept' | 'storm';
  citizens: number[];
  /** Whose people they are: several may be one person. */
  persons?: number[];
  slotIds: string[];
  /** Of `wait`. */
  day?: string;
  /** Milliseconds since `monday`. */
  at?: number;
}

/**
 * A program with a desk of its own: `booking-process.ts <database>`. For each errand that is written to it as a line
 * of JSON it writes the outcomes, as many as citizens and in their order.
 */
const connection = await connectMongo(process.argv[2] ?? '', silentLogger);
const clock = new ClockFake();
const service = buildService({ limit: { count: 1, per: 'ahead' }, cancelUntilMinutes: 0 });
const { desk } = openDesk(connection, new OfferFake(service), clock);
process.stdout.write('ready\n');
for await (const line of createInterface(process.stdin)) {
  const errand = JSON.parse(line) as BookingErrand;
  clock.at = monday + (errand.at ?? 0);
  const outcomes = await Promise.all(
    errand.citizens.map((nth, position) => outcomeOf(run(errand, nth, errand.persons?.[position] ?? nth))),
  );
  process.stdout.write(`${JSON.stringify(outcomes)}\n`);
}
await connection.close();

async function run(errand: BookingErrand, nth: number, who: number): Promise<void> {
  const { what, slotIds } = errand;
  switch (what) {
    case 'hold':
      await holdAny(nth, slotIds);
      return;
    case 'book':
      await desk.book(citizen(nth), await holdAny(nth, slotIds), person(who), consent);
      return;
    case 'wait':
      await desk.wait(citizen(nth), wantedOf(errand), person(who), consent);
      return;
    case 'cancel':
    case 'accept':
      for (const { appointmentId } of await desk.listOf(citizen(nth)))
        await desk[what](citizen(nth), appointmentId);
      return;
    case 'storm':
      await storm(errand, nth);
  }
}

async function holdAny(nth: number, slotIds: readonly string[]): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    try {
      return (await desk.hold(citizen(nth), slotIds[(nth + tries) % slotIds.length]!)).appointmentId;
    } catch (error) {
      if (tries === slotIds.length - 1) throw error;
    }
  }
}

async function storm(errand: BookingErrand, nth: number): Promise<never> {
  const random = seededRandom(nth);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  for (;;) {
    const mine = (await desk.listOf(citizen(nth))).find(({ isChangeable }) => isChangeable);
    const id = mine?.appointmentId ?? '';
    const deeds = [
      () => desk.hold(citizen(nth), pick(errand.slotIds)),
      () => desk.book(citizen(nth), id, person(nth), consent),
      () => desk.move(citizen(nth), id, pick(errand.slotIds)),
      () => desk.cancel(citizen(nth), id),
      () => desk.wait(citizen(nth), wantedOf(errand), person(nth), consent),
      () => desk.accept(citizen(nth), id),
    ];
    await outcomeOf(pick(deeds)());
  }
}

function wantedOf({ day }: BookingErrand) {
  return { service: service.id, venue: 'hall-a', day: day ?? '' };
}
