import { checkDigitOf } from '../../src/core/id-number.js';
import {
  activityGroupSchema,
  activityPlanSchema,
  type Activity,
  type ActivityGroup,
  type ActivityPlan,
} from '../../src/features/activities/activity.js';
import type { Citizen, Person, RegistrationForm } from '../../src/features/activities/registration-desk.js';
import type { Registration } from '../../src/features/activities/registration.js';

export const accountId = 'pingan-meizhou';
/** A Monday, eight in the morning in Asia/Shanghai: registration has just opened. */
export const monday = Date.parse('2026-11-23T00:00:00Z');
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const consent = { notice: 'registrations-1', at: new Date(monday) };
export const activityId = 'open-day';

export function buildGroup(overrides: Partial<ActivityGroup> = {}): ActivityGroup {
  return activityGroupSchema.parse({ id: 'all', name: '所有人', quota: 10, ...overrides });
}

/** Free, first come, with a waiting list; registration lasts until Friday, the activity is on Saturday from nine to eleven. */
export function buildActivityPlan(overrides: Partial<ActivityPlan> = {}): ActivityPlan {
  return activityPlanSchema.parse({
    kind: 'registration',
    title: '警营开放日',
    description: '走进警营，看看警察叔叔的一天。',
    place: '梅州市公安局',
    startsAt: new Date(monday + 5 * day + hour),
    endsAt: new Date(monday + 5 * day + 3 * hour),
    opensAt: new Date(monday),
    closesAt: new Date(monday + 4 * day),
    quota: 10,
    groups: [buildGroup()],
    questions: [],
    mode: 'first_come',
    needsApproval: false,
    hasWaitingList: true,
    feeFen: 0,
    refundRules: [
      { hoursBefore: 48, percent: 100 },
      { hoursBefore: 24, percent: 50 },
    ],
    paymentMinutes: 15,
    offerMinutes: 60,
    limitPerPerson: 1,
    checkInMinutes: 30,
    ...overrides,
  });
}

/** Published. */
export function buildActivity(overrides: Partial<Activity> = {}): Activity {
  const {
    accountId: account = accountId,
    activityId: id = activityId,
    state = 'published',
    formVersion = 1,
    revision = 1,
    draw,
    publishedAt = new Date(monday - day),
    movedAt,
    cancelledBecause,
    updatedAt = new Date(monday - day),
    updatedBy = { staffId: 'editor', name: '编辑' },
    ...plan
  } = overrides;
  return {
    ...buildActivityPlan(plan),
    accountId: account,
    activityId: id,
    state,
    formVersion,
    revision,
    publishedAt,
    updatedAt,
    updatedBy,
    ...(draw && { draw }),
    ...(movedAt && { movedAt }),
    ...(cancelledBecause !== undefined && { cancelledBecause }),
  };
}

/** The nth citizen. */
export function citizen(nth: number): Citizen {
  return { accountId, openid: `o-${nth}` };
}

/** The nth of many people, each with a well-formed ID number. @param birth `YYYY-MM-DD` */
export function person(nth: number, birth = birthOf(nth)): Person {
  const digits = `441402${birth.replaceAll('-', '')}${String(nth % 1_000).padStart(3, '0')}`;
  return { name: `市民${nth}`, idNumber: digits + checkDigitOf(digits), phone: '13800000000' };
}

export function buildForm(nth: number, overrides: Partial<RegistrationForm> = {}): RegistrationForm {
  return {
    activityId,
    groupId: 'all',
    formVersion: 1,
    person: person(nth),
    facts: {},
    answers: {},
    consent,
    requestKey: `request-${nth}`,
    ...overrides,
  };
}

/** Confirmed, of the nth citizen. Its `sealed` can be opened by nobody. */
export function buildRegistration(nth: number, overrides: Partial<Registration> = {}): Registration {
  const at = new Date(monday);
  return {
    ...citizen(nth),
    registrationId: `registration-${nth}`,
    activityId,
    groupId: 'all',
    state: 'confirmed',
    personKey: `person-${nth}`,
    sealed: 'sealed',
    facts: {},
    consent,
    formVersion: 1,
    requestKey: `request-${nth}`,
    ordinal: 0,
    rank: 0,
    feeFen: 0,
    ticketId: `ticket-${nth}`,
    agreedAt: at,
    createdAt: at,
    changedAt: at,
    expiresAt: new Date(monday + 365 * day),
    ...overrides,
  };
}

function birthOf(nth: number): string {
  return new Date(Date.UTC(1930, 0, 1 + Math.floor(nth / 1_000))).toISOString().slice(0, 10);
}
