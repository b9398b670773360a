import type { Actor } from '../../../core/actor.js';
import { maskPersonalNumbers } from '../../../core/mask-personal.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import type { Activity } from '../activity.js';
import type { RegistrationOffice } from '../registration-desk.js';
import type { Registration } from '../registration.js';
import { activityOf, timeOfGroup } from './activity-of.js';
import type { Admission } from './admission.js';
import type { Leaving } from './leaving.js';
import type { PlaceKeeper } from './place-keeper.js';
import { readReason, refuse } from './refusals.js';
import type { RegistrationParts } from './registration-parts.js';
import { hasEnded } from './registration-transitions.js';
import { tell } from './tell.js';

interface StaffOrder {
  accountId: string;
  registrationId: string;
}

type Decide = (
  tx: Transaction,
  found: Registration,
  activity: Activity,
  now: number,
) => Promise<Registration>;

/** What staff decide about single registrations. */
export class Deciding implements RegistrationOffice {
  readonly #parts: RegistrationParts;
  readonly #keeper: PlaceKeeper;
  readonly #admission: Admission;
  readonly #leaving: Leaving;

  constructor(
    parts: RegistrationParts,
    helpers: { keeper: PlaceKeeper; admission: Admission; leaving: Leaving },
  ) {
    this.#parts = parts;
    this.#keeper = helpers.keeper;
    this.#admission = helpers.admission;
    this.#leaving = helpers.leaving;
  }

  async approve(order: StaffOrder, actor: Actor): Promise<Registration> {
    return this.#decide(order, async (tx, found, activity, now) => {
      refuseUnlessApplied(found);
      if (!found.isPlaced) throw refuse('not_drawn_yet');
      await this.#keeper.refuseUnlessOpen(tx, found);
      const how = { isApproved: true, isPresent: false, now };
      const after = await this.#admission.admit(tx, found, activity, how);
      await this.#parts.registrations.replace(tx, found, after);
      const useless = after.until ?? timeOfGroup(activity, found.groupId).endsAt;
      await tell(this.#parts, tx, found, 'approved', now, useless);
      await this.#record(tx, actor, found, 'registration.approve');
      return after;
    });
  }

  async turnDown(order: StaffOrder & { reason: string }, actor: Actor): Promise<Registration> {
    const because = readReason(order.reason);
    return this.#decide(order, async (tx, found, activity, now) => {
      refuseUnlessApplied(found);
      const how = { state: 'unsuccessful', because, refund: 'all', now } as const;
      const after = await this.#leaving.leave(tx, found, activity, how);
      await tell(this.#parts, tx, found, 'turned_down', now);
      await this.#record(tx, actor, found, 'registration.turn_down', because);
      return after;
    });
  }

  async cancelForCitizen(order: StaffOrder & { reason: string }, actor: Actor): Promise<Registration> {
    const because = readReason(order.reason);
    return this.#decide(order, async (tx, found, activity, now) => {
      if (found.state === 'cancelled') return found;
      if (hasEnded(found) || found.state === 'arrived') throw refuse('not_changeable');
      const how = { state: 'cancelled', because, refund: 'all', now } as const;
      const after = await this.#leaving.leave(tx, found, activity, how);
      await tell(this.#parts, tx, found, 'cancelled', now);
      await this.#record(tx, actor, found, 'registration.cancel', because);
      return after;
    });
  }

  async #decide({ accountId, registrationId }: StaffOrder, decide: Decide): Promise<Registration> {
    const { transactions, clock } = this.#parts;
    const seen = await this.#find(accountId, registrationId);
    return this.#keeper.inLine(seen, () =>
      transactions.run(async (tx) => {
        const found = await this.#find(accountId, registrationId, tx);
        return decide(tx, found, await activityOf(this.#parts, found, tx), clock.now());
      }),
    );
  }

  async #find(accountId: string, registrationId: string, tx?: Transaction): Promise<Registration> {
    const found = await this.#parts.registrations.find(accountId, registrationId, tx);
    if (found === null) throw refuse('no_such_registration');
    return found;
  }

  #record(
    tx: Transaction,
    actor: Actor,
    { accountId, registrationId }: Registration,
    action: string,
    reason?: string,
  ): Promise<void> {
    return this.#parts.audit.append(tx, {
      ...actor,
      accountId,
      action,
      object: { kind: 'registration', id: registrationId },
      changes: [],
      ...(reason !== undefined && { reason: maskPersonalNumbers(reason) }),
    });
  }
}

function refuseUnlessApplied({ state }: Registration): void {
  if (state !== 'applied') throw refuse('already_decided');
}
