import type { Transaction } from '../../../core/transaction-runner.js';
import type { Activity, ActivityGroup } from '../activity.js';
import type { Registration } from '../registration.js';
import { timeOfGroup } from './activity-of.js';
import type { PlaceKeeper } from './place-keeper.js';
import { refuse } from './refusals.js';
import type { RegistrationParts } from './registration-parts.js';
import { isLapsedOffer } from './registration-transitions.js';

/** What one person may have. The unique index behind `ordinal` decides; this looks first, to say why. */
export class PersonLimits {
  readonly #parts: Pick<RegistrationParts, 'registrations'>;
  readonly #keeper: PlaceKeeper;

  constructor(parts: Pick<RegistrationParts, 'registrations'>, keeper: PlaceKeeper) {
    this.#parts = parts;
    this.#keeper = keeper;
  }

  /**
   * The ordinal that the person's registration for the group takes.
   * @throws UserError `person_limit` · `shift_overlap`
   */
  async claim(
    tx: Transaction,
    activity: Activity,
    { group, personKey, now }: { group: ActivityGroup; personKey: string; now: number },
  ): Promise<number> {
    const standing: Registration[] = [];
    for (const one of await this.#parts.registrations.listOfPerson(activity, personKey, tx))
      if (isLapsedOffer(one, now)) await this.#keeper.lapseOffer(tx, activity, one, now);
      else standing.push(one);
    if (standing.some(({ groupId }) => groupId === group.id)) throw refuseTwice(group);
    if (standing.length >= activity.limitPerPerson)
      throw refuse('person_limit', `这个活动每人最多报 ${activity.limitPerPerson} 次，已经报满了`);
    const overlapping = standing.find((one) => overlap(activity, one.groupId, group.id));
    if (overlapping) throw refuse('shift_overlap', overlapSentence(activity, overlapping.groupId, group));
    return lowestFree(standing.map(({ ordinal }) => ordinal));
  }
}

/** Said also where there is no place: whoever is in need not be told that it is full. */
export function refuseTwice({ name }: { name: string }) {
  return refuse('person_limit', `这位报名人已经报过「${name}」了，可以在“我的报名”里查看`);
}

function overlap(activity: Activity, oneId: string, otherId: string): boolean {
  const [one, other] = [timeOfGroup(activity, oneId), timeOfGroup(activity, otherId)];
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}

function overlapSentence({ groups }: Activity, groupId: string, group: ActivityGroup): string {
  const mine = groups.find(({ id }) => id === groupId);
  return `「${group.name}」与已报的${mine ? `「${mine.name}」` : '组别'}时间有重叠，请换一个时间`;
}

function lowestFree(taken: readonly (number | undefined)[]): number {
  let ordinal = 0;
  while (taken.includes(ordinal)) ordinal += 1;
  return ordinal;
}
