import { appointmentForms } from '../../src/features/appointments/appointment-forms.js';
import { appointmentRequests } from '../../src/features/appointments/appointment-requests.js';
import {
  serviceSchema,
  venueSchema,
  type Service,
  type Venue,
} from '../../src/features/appointments/offer.js';
import type { Slot } from '../../src/features/appointments/slot.js';
import {
  settleStep,
  type RequestHandler,
  type RequestHandlers,
} from '../../src/features/conversations/dialog-requests.js';
import type { Form } from '../../src/dialog/forms/form-model.js';
import type { Release } from '../../src/dialog/release.js';
import { initialState, type DialogState } from '../../src/dialog/dialog-state.js';
import { stepDialog, type Turn } from '../../src/dialog/step-dialog.js';
import { buildContent } from './content-builder.js';
import { buildRelease, textOf } from './conversation.js';
import { BookingDeskFake } from './fakes/booking-desk-fake.js';
import { TimetableFake } from './fakes/timetable-fake.js';

/** A Monday, 9 o'clock in Shanghai. */
export const monday = Date.parse('2026-11-23T09:00:00+08:00');

export function buildService(overrides: Partial<Service> = {}): Service {
  return serviceSchema.parse({
    id: 'id-card',
    name: '身份证',
    materials: ['户口簿', '旧身份证'],
    limit: { count: 1, per: 'ahead' },
    leadMinutes: 30,
    horizonDays: 14,
    releasesAt: '08:00',
    cancelUntilMinutes: 60,
    offerMinutes: 60,
    noShow: { count: 3, withinDays: 180, blockDays: 90 },
    ...overrides,
  });
}

export function buildVenue(overrides: Partial<Venue> = {}): Venue {
  return venueSchema.parse({ id: 'hall-a', name: '示例大厅 A', ...overrides });
}

/** Half an hour. */
export function buildSlot(day: string, from: string, overrides: Partial<Slot> = {}): Slot {
  const startsAt = new Date(`${day}T${from}:00+08:00`);
  const { service = 'id-card', venue = 'hall-a' } = overrides;
  return {
    accountId: 'test',
    slotId: `${service} ${venue} ${day} ${from}`,
    service,
    venue,
    day,
    startsAt,
    endsAt: new Date(startsAt.getTime() + 1_800_000),
    capacity: 1,
    taken: 0,
    bookableFrom: new Date(0),
    bookableUntil: startsAt,
    closed: null,
    ...overrides,
  };
}

export interface BookingChatOptions {
  slots: Slot[];
  services?: Service[];
  venues?: Venue[];
}

/** Citizens who write to the account, and what `requests` have for an answer. */
export class CitizenChat {
  /** The bytes of the longest message so far. */
  longest = 0;
  readonly failures: unknown[] = [];
  readonly #release: Release;
  readonly #states = new Map<string, DialogState>();
  readonly #handlers: RequestHandlers;
  readonly #now: () => number;
  readonly #accountId: string;
  #messages = 0;

  constructor(
    requests: readonly [string, RequestHandler][],
    now: () => number,
    accountId = 'test',
    forms: readonly Form[] = appointmentForms,
  ) {
    this.#release = buildRelease(buildContent(), 1, forms);
    this.#handlers = new Map(requests);
    this.#now = now;
    this.#accountId = accountId;
  }

  stateOf(openid: string): DialogState {
    return this.#states.get(openid) ?? initialState;
  }

  /** What a citizen is answered; where `keep` is false, it is as if the answer had been lost on its way. */
  async turn(openid: string, text: string, keep = true): Promise<Turn> {
    const now = this.#now();
    this.#messages += 1;
    const asker = { accountId: this.#accountId, openid, key: `k${this.#messages}`, sentAt: now };
    const step = stepDialog(this.#release, this.stateOf(openid), { kind: 'text', text }, now);
    const turn = await settleStep(step, asker, this.#handlers, (_, error) => this.failures.push(error));
    if (keep) this.#states.set(openid, turn.state);
    return turn;
  }

  /** One citizen says one thing after the other; gives the last answer. */
  async say(...texts: string[]): Promise<string> {
    return this.sayAs('citizen', ...texts);
  }

  async sayAs(openid: string, ...texts: string[]): Promise<string> {
    let answer = '';
    for (const text of texts) {
      answer = textOf(await this.turn(openid, text));
      this.longest = Math.max(this.longest, Buffer.byteLength(answer));
    }
    return answer;
  }
}

/** A hall in memory, and citizens who book there by chat. */
export class BookingChat extends CitizenChat {
  readonly clock: { now: number };
  readonly desk: BookingDeskFake;

  constructor({ slots, services = [buildService()], venues = [buildVenue()] }: BookingChatOptions) {
    const clock = { now: monday };
    const desk = new BookingDeskFake(slots, clock);
    const timetable = new TimetableFake(desk, { services, venues });
    super(appointmentRequests(desk, timetable, timetable), () => clock.now);
    this.clock = clock;
    this.desk = desk;
  }

  pass(minutes: number): void {
    this.clock.now += minutes * 60_000;
  }
}
