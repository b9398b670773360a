import { createHash } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../../../core/errors.js';
import { consentOf, given, listFacts, type Listed } from '../../../dialog/forms/submission.js';
import type { JsonRecord } from '../../../dialog/request.js';
import type { RequestHandler } from '../../conversations/dialog-requests.js';
import { personIn } from '../../persons/person.js';
import type { ActivityReader } from '../activity-reader.js';
import type { TicketReader } from '../citizen-registration-views.js';
import { refuse } from '../registrations/refusals.js';
import type { RegistrationDesk, RegistrationView } from '../registration-desk.js';
import { ActivityOptions } from './activity-options.js';
import { readGroupChoice, readRefundChoice, readWish, type Wish } from './activity-wish.js';
import { chatPhrases, type NamedRegistration } from './chat-phrases.js';
import { answersIn, questionSteps, statedIn } from './question-steps.js';
import { RegistrationNames, type PageOf } from './registration-names.js';

export interface ActivityChatParts {
  desk: RegistrationDesk;
  activities: ActivityReader;
  tickets: TicketReader;
  pageOf: PageOf;
}

/**
 * What the activity forms ask for: lists to choose from, and commands, each of which may be repeated. The citizen is
 * told the `text` of a submission that was accepted.
 */
export function activityRequests(parts: ActivityChatParts): [string, RequestHandler][] {
  const { names, options } = open(parts);
  const commands = new ChatCommands(parts, names);
  return [
    ['activities.open', listing((wish) => options.open(wish))],
    ['activities.groups', listing((wish) => options.groups(wish))],
    ['activities.cancellable', listing((wish) => options.cancellable(wish))],
    ['activities.offers', listing((wish) => options.offers(wish))],
    ['activities.questions', obeying((wish) => commands.askQuestions(wish))],
    ['activities.register', obeying((wish) => commands.register(wish))],
    ['activities.mine', obeying((wish) => commands.tellMine(wish))],
    ['activities.cancel', obeying((wish) => commands.cancel(wish))],
    ['activities.accept', obeying((wish) => commands.accept(wish))],
  ];
}

/**
 * A handler that lists offered places of another feature, such as `appointments.offers`, and those of activities behind
 * them, so that 接受 finds both.
 */
export function withActivityOffers(parts: ActivityChatParts, others: RequestHandler): RequestHandler {
  const { options } = open(parts);
  return async (asker, payload) => {
    const [theirs, ours] = await Promise.all([
      others(asker, payload),
      options.offersElsewhere(readWish(asker, payload), 'accept-registration'),
    ]);
    const listed = z.array(z.json()).parse(theirs.options);
    return { ...theirs, options: [...listed, ...listFacts(ours).options] };
  };
}

function open({ desk, activities, tickets, pageOf }: ActivityChatParts) {
  const names = new RegistrationNames(activities, tickets, pageOf);
  return { names, options: new ActivityOptions(desk, activities, names) };
}

class ChatCommands {
  readonly #parts: ActivityChatParts;
  readonly #names: RegistrationNames;

  constructor(parts: ActivityChatParts, names: RegistrationNames) {
    this.#parts = parts;
    this.#names = names;
  }

  /** What the chosen group asks, and on which terms. */
  async askQuestions({ citizen: { accountId }, values }: Wish): Promise<JsonRecord> {
    const { activities, pageOf } = this.#parts;
    const activity = await activities.find(accountId, given(values.activity, 'activity'));
    if (activity?.state !== 'published') throw refuse('no_such_activity');
    const { groupId, mayWait } = readGroupChoice(given(values.group, 'group'));
    const group = activity.groups.find(({ id }) => id === groupId);
    if (group === undefined) throw refuse('no_such_group');
    const link = pageOf(accountId, `activities/${activity.activityId}`);
    const steps = questionSteps(activity, group);
    if (steps === null) throw new UserError('too_much_for_chat', chatPhrases.tooMuchForChat(link));
    const terms = chatPhrases.terms(activity, group, mayWait, link);
    return { steps, terms, formVersion: activity.formVersion };
  }

  async register(wish: Wish): Promise<JsonRecord> {
    const { citizen, values, facts } = wish;
    const { desk, activities } = this.#parts;
    const activity = await activities.find(citizen.accountId, given(values.activity, 'activity'));
    if (activity === null) throw refuse('no_such_activity');
    const { groupId, mayWait } = readGroupChoice(given(values.group, 'group'));
    const form = {
      activityId: activity.activityId,
      groupId,
      formVersion: facts?.formVersion ?? 0,
      person: personIn(wish.values),
      facts: statedIn(
        activity.groups.find(({ id }) => id === groupId),
        wish,
      ),
      answers: answersIn(activity, wish),
      consent: consentOf(wish),
      requestKey: requestKeyOf(wish),
    };
    return this.#tell(wish, await desk.register(citizen, form, mayWait), chatPhrases.registered);
  }

  async tellMine({ citizen }: Wish): Promise<JsonRecord> {
    const views = (await this.#parts.desk.listOf(citizen)).filter(isWorthTelling);
    if (views.length === 0) return { text: chatPhrases.none };
    return { text: chatPhrases.mine(await this.#names.ofAll(citizen, views)) };
  }

  /** Gives back what the citizen was told, or nothing happens. */
  async cancel(wish: Wish): Promise<JsonRecord> {
    const { citizen, values } = wish;
    const { desk } = this.#parts;
    const { registrationId, refundFen } = readRefundChoice(given(values.registration, 'registration'));
    const before = await desk.find(citizen, registrationId);
    if (before.isCancellable && before.refundFen !== refundFen)
      throw new UserError('refund_changed', chatPhrases.refundChanged(before.refundFen));
    const view = await desk.cancel(citizen, registrationId);
    return this.#tell(wish, view, (named) => chatPhrases.cancelled(named, refundFen));
  }

  async accept(wish: Wish): Promise<JsonRecord> {
    const registrationId = given(wish.values.registration, 'registration');
    return this.#tell(
      wish,
      await this.#parts.desk.accept(wish.citizen, registrationId),
      chatPhrases.registered,
    );
  }

  async #tell(
    { citizen }: Wish,
    view: RegistrationView,
    say: (named: NamedRegistration) => string,
  ): Promise<JsonRecord> {
    return { text: say(await this.#names.of(citizen, view)) };
  }
}

/** Those that stand, and those whose money is on its way back. */
function isWorthTelling({ state, payment }: RegistrationView): boolean {
  const stands = ['applied', 'held', 'waiting', 'offered', 'confirmed', 'arrived'].includes(state);
  return stands || payment === 'refunding' || payment === 'refund_waits';
}

/** A form that was filled in once is one registration, however often it is confirmed: nobody agrees twice at once. */
function requestKeyOf({ values: { activity, group }, consent }: Wish): string {
  const filledIn = JSON.stringify([activity, group, consent?.at]);
  return `chat-${createHash('sha256').update(filledIn).digest('hex').slice(0, 40)}`;
}

function obeying(command: (wish: Wish) => Promise<JsonRecord>): RequestHandler {
  return (asker, payload) => command(readWish(asker, payload));
}

function listing(list: (wish: Wish) => Promise<Listed>): RequestHandler {
  return async (asker, payload) => listFacts(await list(readWish(asker, payload)));
}
