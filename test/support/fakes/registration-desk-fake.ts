import { maskPerson, type Person } from '../../../src/features/persons/person.js';
import {
  feeOf,
  timeOf,
  type Activity,
  type ActivityGroup,
} from '../../../src/features/activities/activity.js';
import type { ActivityCounts, ActivityReader } from '../../../src/features/activities/activity-reader.js';
import type {
  Citizen,
  RegistrationDesk,
  RegistrationForm,
  RegistrationView,
} from '../../../src/features/activities/registration-desk.js';
import { readFacts } from '../../../src/features/activities/registrations/conditions.js';
import { readAnswers } from '../../../src/features/activities/registrations/read-answers.js';
import { refuse } from '../../../src/features/activities/registrations/refusals.js';

type Kept = Pick<
  RegistrationView,
  'registrationId' | 'activityId' | 'groupId' | 'state' | 'feeFen' | 'createdAt'
> &
  Partial<Pick<RegistrationView, 'until' | 'ticketId' | 'lot' | 'payment'>> & {
    openid: string;
    person: Person;
    form: RegistrationForm;
  };

const standing: readonly Kept['state'][] = ['applied', 'held', 'offered', 'confirmed', 'waiting'];
const placed: readonly Kept['state'][] = ['held', 'offered', 'confirmed'];

/** Keeps to the rules that the chat meets, in memory and one command at a time; also reads activities and tickets. */
export class RegistrationDeskFake implements RegistrationDesk, ActivityReader {
  readonly kept: Kept[] = [];
  /** Of a fee that was paid, in percent. */
  refundPercent = 100;

  constructor(
    readonly activities: Activity[],
    readonly clock: { now: number },
  ) {}

  async register(citizen: Citizen, form: RegistrationForm, mayWait: boolean): Promise<RegistrationView> {
    const repeated = this.kept.find(
      (one) => one.openid === citizen.openid && one.form.requestKey === form.requestKey,
    );
    if (repeated) return this.#show(repeated);
    const activity = this.#activity(form.activityId);
    if (activity.state === 'cancelled') throw refuse('activity_cancelled');
    if (this.clock.now >= activity.closesAt.getTime()) throw refuse('registration_closed');
    if (form.formVersion !== activity.formVersion) throw refuse('form_changed');
    const group = groupOf(activity, form.groupId);
    if (form.consent.notice === '') throw refuse('consent_missing');
    readFacts(activity, group, form.person, form.facts);
    readAnswers(activity.questions, form.answers);
    this.#refuseOthers(activity, form);
    return this.#show(this.#add(citizen, activity, group, form, mayWait));
  }

  async accept(citizen: Citizen, id: string): Promise<RegistrationView> {
    const mine = this.#own(citizen, id);
    if (mine.state !== 'offered') throw refuse('not_changeable');
    if (mine.until && this.clock.now >= mine.until.getTime()) throw refuse('offer_lapsed');
    return this.#show(this.#admit(mine));
  }

  async cancel(citizen: Citizen, id: string): Promise<RegistrationView> {
    const mine = this.#own(citizen, id);
    if (!standing.includes(mine.state)) return this.#show(mine);
    if (mine.payment === 'paid' && this.refundPercent > 0) mine.payment = 'refunding';
    if (mine.payment === 'due') mine.payment = 'none';
    mine.state = 'cancelled';
    this.#offerNext(mine);
    return this.#show(mine);
  }

  async listOf({ openid }: Citizen): Promise<RegistrationView[]> {
    const mine = this.kept.filter((one) => one.openid === openid);
    const isStanding = ({ state }: Kept) => standing.includes(state);
    return [...mine.filter(isStanding), ...mine.filter((one) => !isStanding(one))].map((one) =>
      this.#show(one),
    );
  }

  async find(citizen: Citizen, id: string): Promise<RegistrationView>;
  async find(accountId: string, activityId: string): Promise<Activity | null>;
  async find(asker: Citizen | string, id: string): Promise<RegistrationView | Activity | null> {
    if (typeof asker !== 'string') return this.#show(this.#own(asker, id));
    return this.activities.find(({ activityId }) => activityId === id) ?? null;
  }

  async listPublic(): Promise<Activity[]> {
    return this.activities.filter(({ endsAt }) => this.clock.now < endsAt.getTime());
  }

  async count(_accountId: string, activityId: string): Promise<ActivityCounts> {
    const activity = this.#activity(activityId);
    const countOf = (quota: number, groupId?: string) => {
      const all = this.kept.filter(
        (one) => one.activityId === activityId && (groupId === undefined || one.groupId === groupId),
      );
      const inState = (states: readonly Kept['state'][]) =>
        all.filter(({ state }) => states.includes(state)).length;
      return { quota, taken: inState(placed), waiting: inState(['waiting']), applied: inState(['applied']) };
    };
    return {
      total: countOf(activity.quota),
      groups: new Map(activity.groups.map(({ id, quota }) => [id, countOf(quota, id)])),
    };
  }

  async readQr(_accountId: string, ticketId: string): Promise<{ qr: string; code: string }> {
    return { qr: `SS1.${ticketId}`, code: `CODE-${ticketId}` };
  }

  /** As the platform reports it. */
  pay(id: string): void {
    const one = this.kept.find(({ registrationId }) => registrationId === id)!;
    Object.assign(one, { state: 'confirmed', payment: 'paid', ticketId: `t-${id}` });
  }

  #add(
    { openid }: Citizen,
    activity: Activity,
    group: ActivityGroup,
    form: RegistrationForm,
    mayWait: boolean,
  ): Kept {
    const hasRoom = this.#room(activity, group) > 0;
    if (activity.mode !== 'lots' && !hasRoom && !(mayWait && activity.hasWaitingList))
      throw refuse('group_full');
    const one: Kept = {
      registrationId: `r${this.kept.length + 1}`,
      activityId: activity.activityId,
      groupId: group.id,
      state: 'waiting',
      feeFen: feeOf(activity, group),
      createdAt: new Date(this.clock.now),
      openid,
      person: form.person,
      form,
    };
    this.kept.push(one);
    if (activity.mode === 'lots') return Object.assign(one, { state: 'applied', lot: 'ab12' });
    if (!hasRoom) return one;
    return activity.needsApproval ? Object.assign(one, { state: 'applied' }) : this.#admit(one);
  }

  #admit(one: Kept): Kept {
    const { paymentMinutes } = this.#activity(one.activityId);
    if (one.feeFen === 0) {
      const { until: _, ...rest } = one;
      delete one.until;
      return Object.assign(one, rest, { state: 'confirmed' as const, ticketId: `t-${one.registrationId}` });
    }
    const until = new Date(this.clock.now + paymentMinutes * 60_000);
    return Object.assign(one, { state: 'held' as const, until, payment: 'due' as const });
  }

  #offerNext({ activityId, groupId }: Kept): void {
    const first = this.kept.find(
      (one) => one.state === 'waiting' && one.activityId === activityId && one.groupId === groupId,
    );
    const { offerMinutes } = this.#activity(activityId);
    if (first)
      Object.assign(first, { state: 'offered', until: new Date(this.clock.now + offerMinutes * 60_000) });
  }

  #refuseOthers(activity: Activity, { person, groupId }: RegistrationForm): void {
    const theirs = this.kept.filter(
      (one) =>
        one.activityId === activity.activityId &&
        one.person.idNumber === person.idNumber &&
        standing.includes(one.state),
    );
    if (theirs.length >= activity.limitPerPerson) throw refuse('person_limit');
    const { startsAt, endsAt } = timeOf(activity, groupOf(activity, groupId));
    const overlaps = theirs.some((one) => {
      const other = timeOf(activity, groupOf(activity, one.groupId));
      return other.startsAt < endsAt && startsAt < other.endsAt;
    });
    if (overlaps) throw refuse('shift_overlap');
  }

  #room(activity: Activity, group: ActivityGroup): number {
    const inActivity = this.kept.filter(
      ({ activityId, state }) => activityId === activity.activityId && placed.includes(state),
    );
    const inGroup = inActivity.filter(({ groupId }) => groupId === group.id);
    return Math.min(activity.quota - inActivity.length, group.quota - inGroup.length);
  }

  #show({ openid: _openid, form: _form, person, ...one }: Kept): RegistrationView {
    const payment = one.payment ?? 'none';
    const line = this.kept.filter(
      (other) =>
        other.state === 'waiting' && other.activityId === one.activityId && other.groupId === one.groupId,
    );
    return {
      ...one,
      payment,
      person: maskPerson(person),
      isCancellable: standing.includes(one.state),
      refundFen:
        payment === 'paid' && standing.includes(one.state) ? (one.feeFen * this.refundPercent) / 100 : 0,
      ...(one.state === 'waiting' && {
        position: line.findIndex(({ registrationId }) => registrationId === one.registrationId),
      }),
    };
  }

  #own({ openid }: Citizen, id: string): Kept {
    const mine = this.kept.find((one) => one.openid === openid && one.registrationId === id);
    if (!mine) throw refuse('no_such_registration');
    return mine;
  }

  #activity(id: string): Activity {
    const activity = this.activities.find(({ activityId }) => activityId === id);
    if (!activity) throw refuse('no_such_activity');
    return activity;
  }
}

function groupOf({ groups }: Activity, id: string): ActivityGroup {
  const group = groups.find((one) => one.id === id);
  if (!group) throw refuse('no_such_group');
  return group;
}
