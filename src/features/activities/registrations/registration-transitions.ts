import { placedStates, type Registration, type RegistrationState } from '../registration.js';

/** What can become of a registration. What is not here is a fault of the program. */
const table: Record<RegistrationState, readonly RegistrationState[]> = {
  // Applied again: drawn, and still to be looked at.
  applied: ['applied', 'held', 'waiting', 'confirmed', 'unsuccessful', 'cancelled', 'closed'],
  held: ['confirmed', 'cancelled', 'closed', 'lapsed'],
  waiting: ['offered', 'cancelled', 'closed', 'lapsed'],
  offered: ['applied', 'held', 'confirmed', 'cancelled', 'closed', 'lapsed'],
  confirmed: ['arrived', 'cancelled', 'closed'],
  // Let in by mistake.
  arrived: ['confirmed'],
  // Paid late, and there was still a place.
  lapsed: ['confirmed'],
  unsuccessful: [],
  cancelled: [],
  closed: [],
};

const endStates = ['unsuccessful', 'cancelled', 'closed', 'lapsed'] as const;
export type EndState = (typeof endStates)[number];
export type StandingState = Exclude<RegistrationState, EndState>;

export function canBecome(from: RegistrationState, to: RegistrationState): boolean {
  return table[from].includes(to);
}

export function hasEnded({ state }: Pick<Registration, 'state'>): boolean {
  return endStates.some((one) => one === state);
}

/** Whether it stands in a place: `Places.taken` counts it. */
export function isInPlace({ state, isPlaced }: Pick<Registration, 'state' | 'isPlaced'>): boolean {
  return isPlaced === true || placedStates.some((one) => one === state);
}

/** Whether an offer is over at `now`, whatever its record says. */
export function isLapsedOffer({ state, until }: Pick<Registration, 'state' | 'until'>, now: number): boolean {
  return state === 'offered' && until !== undefined && until.getTime() <= now;
}

/** Goes on. What belonged to the state before is left behind. @throws Error for what the table does not know. */
export function advance(
  before: Registration,
  state: StandingState,
  now: number,
  changes: Partial<Registration> = {},
): Registration {
  const { until: _until, isPlaced: _isPlaced, ...rest } = move(before, state, now);
  return { ...rest, ...changes };
}

/** The person is not coming, and does not count any more. Place, ticket and money are the caller's business. */
export function end(before: Registration, state: EndState, now: number, because?: string): Registration {
  const { until: _until, isPlaced: _isPlaced, ordinal: _ordinal, ...rest } = move(before, state, now);
  return { ...rest, ...(because !== undefined && { endedBecause: because }) };
}

function move(before: Registration, state: RegistrationState, now: number): Registration {
  if (!canBecome(before.state, state))
    throw new Error(`registration ${before.registrationId} cannot go from ${before.state} to ${state}`);
  return { ...before, state, changedAt: new Date(now) };
}
