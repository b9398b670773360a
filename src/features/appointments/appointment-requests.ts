import { consentOf, given, listFacts, type Listed } from '../../dialog/forms/submission.js';
import type { JsonRecord } from '../../dialog/request.js';
import type { RequestHandler } from '../conversations/dialog-requests.js';
import { personIn } from '../persons/person.js';
import { nameAppointment, type OfferFinder } from './appointment-names.js';
import { AppointmentOptions } from './appointment-options.js';
import type { AppointmentState } from './appointment.js';
import { readWish, type Wish } from './appointment-wish.js';
import type { AppointmentView, BookingDesk } from './booking-desk.js';
import { chatPhrases, type NamedAppointment } from './chat-phrases.js';
import type { TimetableReader } from './timetable-reader.js';

/**
 * What the appointment forms ask for: lists to choose from, and commands. Each command names the state that is wanted,
 * so a repeat has the same outcome. The citizen is told the `text` of a submission that was accepted.
 */
export function appointmentRequests(
  desk: BookingDesk,
  timetable: TimetableReader,
  names: OfferFinder,
): [string, RequestHandler][] {
  const options = new AppointmentOptions(desk, timetable, names);
  const commands = new ChatCommands(desk, names);
  return [
    ['appointments.services', listing((wish) => options.services(wish))],
    ['appointments.venues', listing((wish) => options.venues(wish))],
    ['appointments.days', listing((wish) => options.days(wish))],
    ['appointments.fulldays', listing((wish) => options.fullDays(wish))],
    ['appointments.times', listing((wish) => options.times(wish))],
    ['appointments.cancellable', listing((wish) => options.cancellable(wish))],
    ['appointments.movable', listing((wish) => options.movable(wish))],
    ['appointments.offers', listing((wish) => options.offers(wish))],
    ['appointments.hold', obeying((wish) => commands.hold(wish))],
    ['appointments.release', obeying((wish) => commands.release(wish))],
    ['appointments.book', obeying((wish) => commands.book(wish))],
    ['appointments.wait', obeying((wish) => commands.wait(wish))],
    ['appointments.mine', obeying((wish) => commands.tellMine(wish))],
    ['appointments.cancel', obeying((wish) => commands.cancel(wish))],
    ['appointments.move', obeying((wish) => commands.move(wish))],
    ['appointments.accept', obeying((wish) => commands.accept(wish))],
  ];
}

class ChatCommands {
  readonly #desk: BookingDesk;
  readonly #names: OfferFinder;

  constructor(desk: BookingDesk, names: OfferFinder) {
    this.#desk = desk;
    this.#names = names;
  }

  async hold({ citizen, values }: Wish): Promise<JsonRecord> {
    const view = await this.#desk.hold(citizen, given(values.time, 'time'));
    const held = await nameAppointment(this.#names, citizen, view);
    return { appointmentId: view.appointmentId, said: chatPhrases.held(held) };
  }

  async release({ citizen, facts }: Wish): Promise<JsonRecord> {
    await this.#desk.cancel(citizen, given(facts?.appointmentId, 'appointmentId'));
    return {};
  }

  async book(wish: Wish): Promise<JsonRecord> {
    const held = given(wish.facts?.appointmentId, 'appointmentId');
    const view = await this.#desk.book(wish.citizen, held, personIn(wish.values), consentOf(wish));
    return this.#tell(wish, view, chatPhrases.booked);
  }

  async wait(wish: Wish): Promise<JsonRecord> {
    const { service, venue, day } = wish.values;
    const wanted = {
      service: given(service, 'service'),
      venue: given(venue, 'venue'),
      day: given(day, 'day'),
    };
    const view = await this.#desk.wait(wish.citizen, wanted, personIn(wish.values), consentOf(wish));
    return this.#tell(wish, view, chatPhrases.waiting);
  }

  async tellMine({ citizen }: Wish): Promise<JsonRecord> {
    const views = await this.#desk.listOf(citizen);
    const ahead = views.filter(({ state }) => aheadStates.includes(state));
    if (ahead.length === 0) return { text: chatPhrases.none };
    const named = await Promise.all(ahead.map((view) => nameAppointment(this.#names, citizen, view)));
    return { text: chatPhrases.mine(named) };
  }

  async cancel(wish: Wish): Promise<JsonRecord> {
    const view = await this.#desk.cancel(wish.citizen, given(wish.values.appointment, 'appointment'));
    return this.#tell(wish, view, chatPhrases.cancelled);
  }

  async move(wish: Wish): Promise<JsonRecord> {
    const { appointment, time } = wish.values;
    const view = await this.#desk.move(wish.citizen, given(appointment, 'appointment'), given(time, 'time'));
    return this.#tell(wish, view, chatPhrases.moved);
  }

  async accept(wish: Wish): Promise<JsonRecord> {
    const view = await this.#desk.accept(wish.citizen, given(wish.values.appointment, 'appointment'));
    return this.#tell(wish, view, chatPhrases.accepted);
  }

  async #tell(
    { citizen }: Wish,
    view: AppointmentView,
    say: (named: NamedAppointment) => string,
  ): Promise<JsonRecord> {
    return { text: say(await nameAppointment(this.#names, citizen, view)) };
  }
}

const aheadStates: readonly AppointmentState[] = ['held', 'waiting', 'offered', 'booked'];

function obeying(command: (wish: Wish) => Promise<JsonRecord>): RequestHandler {
  return (asker, payload) => command(readWish(asker, payload));
}

function listing(list: (wish: Wish) => Promise<Listed>): RequestHandler {
  return async (asker, payload) => listFacts(await list(readWish(asker, payload)));
}
