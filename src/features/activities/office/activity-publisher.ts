import type { Actor } from '../../../core/actor.js';
import type { FieldCipher } from '../../../core/field-cipher.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import { feeOf, planOf, type Activity, type ActivityPlan } from '../activity.js';
import { prepareDraw } from '../draw/draw-seed.js';
import type { PlaceStore } from '../place-store.js';
import type { GroupStateCount, RegistrationStore } from '../registration-store.js';
import type { RegistrationState } from '../registration.js';
import type { StoredActivities } from '../stored-activities.js';
import type { ActivityEdit, ActivityEditor, ActivityRef, EditorParts } from './activity-editor.js';
import { editedMeanwhile, groupInUse, notPublishable, refuse } from './office-errors.js';
import { comparePlans, planChanges, type PlanChange } from './plan-change.js';
import { isFaulty, type PlanProblem } from './plan-problems.js';
import { placesOf } from './places-of.js';
import { recordActivity } from './record-activity.js';

export interface PublisherParts extends Pick<EditorParts, 'activities' | 'transactions' | 'audit' | 'clock'> {
  editor: Pick<ActivityEditor, 'find' | 'check'>;
  places: PlaceStore;
  registrations: Pick<RegistrationStore, 'countByState'>;
  counter: Pick<StoredActivities, 'countOf'>;
  fees: PaidFees;
  cipher: FieldCipher;
}

export interface PaidFees {
  /** What those who are confirmed have paid, in fen. */
  sum(activity: ActivityRef): Promise<number>;
}

export interface ChangeForecast extends Pick<PlanChange, 'raisesForm' | 'moves'> {
  problems: PlanProblem[];
  /** How many have registered, or wait. */
  standing: number;
  /** What would come back if all of them cancelled, in fen; 0 unless it moves. */
  refundableFen: number;
  /** Where more places are taken than there would be; null: the whole. */
  overfull: { groupId: string | null; quota: number; taken: number }[];
}

/** Puts activities before citizens, changes them there, and cancels them. */
export class ActivityPublisher {
  readonly #parts: PublisherParts;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
  }

  /**
   * By somebody other than the last who edited it.
   * @throws UserError `no_such_activity` · `already_published` · `edited_meanwhile` · `same_person` · `not_publishable`
   */
  publish({ baseRevision, actor, ...ref }: ActivityEdit): Promise<Activity> {
    const { activities, places, transactions, editor, audit, cipher } = this.#parts;
    return transactions.run(async (tx) => {
      const draft = await editor.find(ref, tx);
      if (draft.state !== 'draft') throw refuse('already_published');
      if (draft.revision !== baseRevision) throw editedMeanwhile(draft);
      if (draft.updatedBy.staffId === actor.by.staffId) throw refuse('same_person');
      refuseFaulty(editor.check(ref.accountId, draft));
      const published: Activity = {
        ...draft,
        state: 'published',
        publishedAt: this.#now(),
        ...(draft.mode === 'lots' && { draw: prepareDraw(ref, cipher) }),
        ...this.#changedBy(draft, actor),
      };
      await places.plan(tx, placesOf(published));
      await activities.replace(tx, draft, published);
      const changes = published.draw ? [{ path: 'draw.commitment', after: published.draw.commitment }] : [];
      await recordActivity(audit, tx, published, { actor, action: 'activity.publish', changes });
      return published;
    });
  }

  /**
   * Changes what citizens see. Nobody loses a place by it; places that it adds go to those who wait, soon afterwards.
   * @throws UserError `no_such_activity` · `not_published` · `already_cancelled` · `activity_over` · `edited_meanwhile` ·
   *   `mode_fixed` · `drawn_already` · `refund_rules_fixed` · `group_in_use` · `not_publishable`
   */
  change({ plan, actor, ...edit }: ActivityEdit & { plan: ActivityPlan }): Promise<Activity> {
    const { activities, places, transactions, editor, audit } = this.#parts;
    return transactions.run(async (tx) => {
      const before = await this.#findPublished(edit, tx);
      const change = comparePlans(before, plan);
      refuseFaulty(editor.check(edit.accountId, plan, true));
      const after: Activity = {
        ...before,
        ...plan,
        formVersion: before.formVersion + Number(change.raisesForm),
        ...(change.moves && { movedAt: this.#now() }),
        ...this.#changedBy(before, actor),
      };
      await places.plan(tx, placesOf(after));
      // Whoever registers meanwhile has come before, and is counted, or comes after, and is refused.
      await this.#refuseBroken(before, plan, change);
      await activities.replace(tx, before, after);
      const changes = planChanges(planOf(before), plan);
      await recordActivity(audit, tx, after, { actor, action: 'activity.change_published', changes });
      return after;
    });
  }

  /** What `change` would lead to. @throws UserError as `change`, except `not_publishable` */
  async forecastChange({
    plan,
    ...edit
  }: Omit<ActivityEdit, 'actor'> & { plan: ActivityPlan }): Promise<ChangeForecast> {
    const { editor, fees, registrations, counter } = this.#parts;
    const before = await this.#findPublished(edit);
    const change = comparePlans(before, plan);
    await this.#refuseBroken(before, plan, change);
    const [states, counts, paid] = await Promise.all([
      registrations.countByState(before),
      counter.countOf(before),
      change.moves ? fees.sum(before) : 0,
    ]);
    const wanted = [
      { groupId: null, quota: plan.quota, taken: counts.total.taken },
      ...plan.groups.map(({ id, quota }) => ({
        groupId: id,
        quota,
        taken: counts.groups.get(id)?.taken ?? 0,
      })),
    ];
    return {
      problems: editor.check(edit.accountId, plan, true),
      raisesForm: change.raisesForm,
      moves: change.moves,
      standing: countStanding(states),
      refundableFen: paid,
      overfull: wanted.filter(({ quota, taken }) => taken > quota),
    };
  }

  /**
   * Nobody gets in from now on; those who have registered are told and paid back soon afterwards, whatever happens.
   * @param order its reason is for citizens.
   * @throws UserError `no_such_activity` · `not_published` · `already_cancelled` · `activity_over`
   */
  cancel({ reason, actor, ...ref }: ActivityRef & { reason: string; actor: Actor }): Promise<Activity> {
    const { activities, places, transactions, audit } = this.#parts;
    return transactions.run(async (tx) => {
      const before = await this.#findRunning(ref, tx);
      const after: Activity = {
        ...before,
        state: 'cancelled',
        cancelledBecause: reason,
        ...this.#changedBy(before, actor),
      };
      await places.close(tx, ref);
      await activities.replace(tx, before, after);
      await recordActivity(audit, tx, after, { actor, action: 'activity.cancel', reason });
      return after;
    });
  }

  /** What `cancel` would lead to, the money in fen. @throws UserError as `cancel` */
  async forecastCancellation(ref: ActivityRef): Promise<{ standing: number; refundFen: number }> {
    const { registrations, fees } = this.#parts;
    const activity = await this.#findRunning(ref);
    const [states, refundFen] = await Promise.all([registrations.countByState(activity), fees.sum(activity)]);
    return { standing: countStanding(states), refundFen };
  }

  async #findPublished(
    { baseRevision, ...ref }: Omit<ActivityEdit, 'actor'>,
    tx?: Transaction,
  ): Promise<Activity> {
    const found = await this.#findRunning(ref, tx);
    if (found.revision !== baseRevision) throw editedMeanwhile(found);
    return found;
  }

  async #findRunning(ref: ActivityRef, tx?: Transaction): Promise<Activity> {
    const found = await this.#parts.editor.find(ref, tx);
    if (found.state === 'draft') throw refuse('not_published');
    if (found.state === 'cancelled') throw refuse('already_cancelled');
    if (found.endsAt <= this.#now()) throw refuse('activity_over');
    return found;
  }

  async #refuseBroken(before: Activity, plan: ActivityPlan, { removed }: PlanChange): Promise<void> {
    if (plan.mode !== before.mode) throw refuse('mode_fixed');
    if (before.draw?.result && !hasSameRegistration(before, plan)) throw refuse('drawn_already');
    const states = await this.#parts.registrations.countByState(before);
    const [used] = removed.filter(({ id }) => states.some(({ groupId }) => groupId === id));
    if (used) throw groupInUse(used);
    const isPromised = before.groups.some((group) => feeOf(before, group) > 0) && countStanding(states) > 0;
    if (isPromised && !hasSameRefunds(before, plan)) throw refuse('refund_rules_fixed');
  }

  #changedBy({ revision }: Activity, actor: Actor): Pick<Activity, 'revision' | 'updatedAt' | 'updatedBy'> {
    return { revision: revision + 1, updatedAt: this.#now(), updatedBy: actor.by };
  }

  #now(): Date {
    return new Date(this.#parts.clock.now());
  }
}

const standingStates: readonly RegistrationState[] = ['applied', 'held', 'waiting', 'offered', 'confirmed'];

function countStanding(counts: readonly GroupStateCount[]): number {
  return counts
    .filter(({ state }) => standingStates.includes(state))
    .reduce((total, { count }) => total + count, 0);
}

function refuseFaulty(problems: readonly PlanProblem[]): void {
  if (isFaulty(problems)) throw notPublishable(problems);
}

function hasSameRegistration(one: ActivityPlan, other: ActivityPlan): boolean {
  return (
    one.opensAt.getTime() === other.opensAt.getTime() && one.closesAt.getTime() === other.closesAt.getTime()
  );
}

function hasSameRefunds({ refundRules: one }: ActivityPlan, { refundRules: other }: ActivityPlan): boolean {
  return (
    one.length === other.length &&
    one.every(
      ({ hoursBefore, percent }, index) =>
        other[index]?.hoursBefore === hoursBefore && other[index]?.percent === percent,
    )
  );
}
