import type { LiveOption } from '../../dialog/forms/form-model.js';
import { given, type Listed } from '../../dialog/forms/submission.js';
import { nameAppointment, type OfferFinder } from './appointment-names.js';
import type { AppointmentState } from './appointment.js';
import type { Wish } from './appointment-wish.js';
import type { AppointmentView, BookingDesk } from './booking-desk.js';
import { chatPhrases, wordsForDay, wordsForTime } from './chat-phrases.js';
import type { DayView, SlotView } from './slot.js';
import type { TimetableReader } from './timetable-reader.js';

/** What a citizen can choose from in the chat, as it is now. */
export class AppointmentOptions {
  readonly #desk: Pick<BookingDesk, 'find' | 'listOf'>;
  readonly #timetable: TimetableReader;
  readonly #names: OfferFinder;

  constructor(desk: Pick<BookingDesk, 'find' | 'listOf'>, timetable: TimetableReader, names: OfferFinder) {
    this.#desk = desk;
    this.#timetable = timetable;
    this.#names = names;
  }

  async services({ citizen }: Wish): Promise<Listed> {
    const services = await this.#timetable.services(citizen.accountId);
    return { options: services.map(named), sentence: chatPhrases.noServices };
  }

  async venues({ citizen, values }: Wish): Promise<Listed> {
    const venues = await this.#timetable.venuesOf(citizen.accountId, given(values.service, 'service'));
    return { options: venues.map(named), sentence: chatPhrases.noVenues };
  }

  /** To book, a full day leads to its waiting list; to move, it is merely full. */
  async days(wish: Wish): Promise<Listed> {
    const { citizen, at } = wish;
    const { service, venue, mine } = await this.#placeOf(wish);
    const days = await this.#timetable.days(citizen.accountId, service, venue);
    const options = days.flatMap((view): LiveOption[] => {
      const option = dayOption(view, at);
      if (view.state === 'free' || (view.state === 'full' && mine?.day === view.day)) return [option];
      if (view.state !== 'full') return [];
      return wish.values.appointment === undefined
        ? [{ ...option, note: chatPhrases.fullWithWaiting, opens: 'wait-for-place' }]
        : [{ ...option, disabled: chatPhrases.full }];
    });
    return { options, sentence: chatPhrases.noDays };
  }

  async fullDays({ citizen, values, at }: Wish): Promise<Listed> {
    const service = given(values.service, 'service');
    const days = await this.#timetable.days(citizen.accountId, service, given(values.venue, 'venue'));
    const full = days.filter(({ state }) => state === 'full');
    return { options: full.map((view) => dayOption(view, at)), sentence: chatPhrases.noFullDays };
  }

  async times(wish: Wish): Promise<Listed> {
    const { citizen, values } = wish;
    const { service, venue, mine } = await this.#placeOf(wish);
    const slots = await this.#timetable.slots(citizen.accountId, service, venue, given(values.day, 'day'));
    const options = slots
      .filter(({ state }) => state !== 'over')
      .map((slot) => ({ ...timeOption(slot), ...describe(slot, isSameTime(mine, slot) ? mine : undefined) }));
    return { options, sentence: chatPhrases.noTimes };
  }

  cancellable(wish: Wish): Promise<Listed> {
    return this.#own(wish, ['booked', 'offered', 'waiting'], chatPhrases.noneToCancel);
  }

  movable(wish: Wish): Promise<Listed> {
    return this.#own(wish, ['booked'], chatPhrases.noneToMove);
  }

  offers(wish: Wish): Promise<Listed> {
    return this.#own(wish, ['offered'], chatPhrases.noneOffered);
  }

  async #own({ citizen }: Wish, states: readonly AppointmentState[], sentence: string): Promise<Listed> {
    const views = await this.#desk.listOf(citizen);
    const listed = views.filter(({ state }) => states.includes(state));
    const options = await Promise.all(
      listed.map(async (view): Promise<LiveOption> => {
        const label = chatPhrases.title(await nameAppointment(this.#names, citizen, view));
        const option = { value: view.appointmentId, label, words: [] };
        return view.isChangeable || view.state === 'offered'
          ? option
          : { ...option, disabled: chatPhrases.tooLate };
      }),
    );
    return { options, sentence };
  }

  /** The place that is booked, or that the appointment which is moved is for; and what stands in it already. */
  async #placeOf({ citizen, values }: Wish): Promise<Place> {
    if (values.appointment !== undefined) {
      const mine = await this.#desk.find(citizen, values.appointment);
      return { service: mine.service, venue: mine.venue, mine };
    }
    const service = given(values.service, 'service');
    const venue = given(values.venue, 'venue');
    const views = await this.#desk.listOf(citizen);
    const mine = views.find(
      (view) => view.state === 'held' && view.service === service && view.venue === venue,
    );
    return { service, venue, mine };
  }
}

interface Place {
  service: string;
  venue: string;
  mine: AppointmentView | undefined;
}

function named({ id, name }: { id: string; name: string }): LiveOption {
  return { value: id, label: name, words: [] };
}

function dayOption({ day }: DayView, now: number): LiveOption {
  return { value: day, label: chatPhrases.shortDay(day), words: wordsForDay(day, now) };
}

function timeOption({ slotId, startsAt, endsAt }: SlotView): LiveOption {
  return { value: slotId, label: chatPhrases.time(startsAt, endsAt), words: wordsForTime(startsAt) };
}

/** A place that is held already can be chosen again, though it be the last; one that is booked is no other time. */
function describe({ state, free }: SlotView, mine: AppointmentView | undefined): Partial<LiveOption> {
  if (mine !== undefined) {
    return mine.state === 'held' ? { note: chatPhrases.keptForYou } : { disabled: chatPhrases.asItIs };
  }
  if (state === 'free') return { note: chatPhrases.left(free) };
  if (state === 'full') return { disabled: chatPhrases.full };
  return { disabled: state === 'not_yet' ? chatPhrases.notYet : chatPhrases.closed };
}

function isSameTime(mine: AppointmentView | undefined, { startsAt }: SlotView): boolean {
  return mine?.startsAt?.getTime() === startsAt.getTime();
}
