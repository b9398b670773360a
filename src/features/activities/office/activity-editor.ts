import type { Actor } from '../../../core/actor.js';
import type { Clock } from '../../../core/clock.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import { planOf, type Activity, type ActivityPlan } from '../activity.js';
import type { ActivityCursor, ActivitySelection, ActivityStore } from '../activity-store.js';
import { editedMeanwhile, refuse } from './office-errors.js';
import { planChanges } from './plan-change.js';
import { findProblems, type PlanProblem } from './plan-problems.js';
import { recordActivity } from './record-activity.js';

export interface ActivityRef {
  accountId: string;
  activityId: string;
}

/** What is done on the ground of what somebody saw. */
export interface ActivityEdit extends ActivityRef {
  /** The revision that they saw. */
  baseRevision: number;
  actor: Actor;
}

export interface EditorParts {
  activities: ActivityStore;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  /** Whether citizens of the account can pay at all. */
  canTakeMoney: (accountId: string) => boolean;
  clock: Clock;
  newId: () => string;
}

/** Where activities are drawn up. Nobody but staff sees a draft. */
export class ActivityEditor {
  readonly #parts: EditorParts;

  constructor(parts: EditorParts) {
    this.#parts = parts;
  }

  /** What begins last comes first. */
  list(
    selection: Omit<ActivitySelection, 'now'>,
    limit: number,
    before?: ActivityCursor,
  ): Promise<Activity[]> {
    const { activities, clock } = this.#parts;
    return activities.list({ ...selection, now: new Date(clock.now()) }, limit, before);
  }

  /** @throws UserError `no_such_activity` */
  async find({ accountId, activityId }: ActivityRef, tx?: Transaction): Promise<Activity> {
    const found = await this.#parts.activities.find(accountId, activityId, tx);
    if (!found) throw refuse('no_such_activity');
    return found;
  }

  /** What is wrong with a plan as a whole. @param isPublished citizens see it already. */
  check(accountId: string, plan: ActivityPlan, isPublished = false): PlanProblem[] {
    const { canTakeMoney, clock } = this.#parts;
    return findProblems(plan, { now: clock.now(), canTakeMoney: canTakeMoney(accountId), isPublished });
  }

  /** A draft may have problems. */
  create(accountId: string, plan: ActivityPlan, actor: Actor): Promise<Activity> {
    return this.#parts.transactions.run((tx) => this.#add(tx, accountId, plan, actor, 'activity.create'));
  }

  /** A new draft with the same plan. @throws UserError `no_such_activity` */
  copy({ actor, ...ref }: ActivityRef & { actor: Actor }): Promise<Activity> {
    return this.#parts.transactions.run(async (tx) => {
      const plan = planOf(await this.find(ref, tx));
      return this.#add(tx, ref.accountId, { ...plan, title: copyOf(plan.title) }, actor, 'activity.copy');
    });
  }

  /** @throws UserError `no_such_activity` · `edited_meanwhile` · `already_published` */
  change({ plan, ...edit }: ActivityEdit & { plan: ActivityPlan }): Promise<Activity> {
    const { activities, transactions, audit } = this.#parts;
    return transactions.run(async (tx) => {
      const before = await this.#findDraft(edit, tx);
      const after = { ...before, ...plan, revision: before.revision + 1, ...this.#stamp(edit.actor) };
      await activities.replace(tx, before, after);
      await recordActivity(audit, tx, after, {
        actor: edit.actor,
        action: 'activity.change',
        changes: planChanges(planOf(before), plan),
      });
      return after;
    });
  }

  /** Removes a draft. @throws UserError `no_such_activity` · `edited_meanwhile` · `already_published` */
  remove(edit: ActivityEdit): Promise<void> {
    const { activities, transactions, audit } = this.#parts;
    return transactions.run(async (tx) => {
      const draft = await this.#findDraft(edit, tx);
      await activities.remove(tx, draft);
      await recordActivity(audit, tx, draft, {
        actor: edit.actor,
        action: 'activity.remove',
        changes: planChanges(planOf(draft), null),
      });
    });
  }

  async #findDraft({ baseRevision, ...ref }: ActivityEdit, tx: Transaction): Promise<Activity> {
    const found = await this.find(ref, tx);
    if (found.state !== 'draft') throw refuse('already_published');
    if (found.revision !== baseRevision) throw editedMeanwhile(found);
    return found;
  }

  async #add(
    tx: Transaction,
    accountId: string,
    plan: ActivityPlan,
    actor: Actor,
    action: string,
  ): Promise<Activity> {
    const { activities, audit, newId } = this.#parts;
    const activity: Activity = {
      ...plan,
      accountId,
      activityId: newId(),
      state: 'draft',
      formVersion: 1,
      revision: 1,
      ...this.#stamp(actor),
    };
    await activities.add(tx, activity);
    await recordActivity(audit, tx, activity, { actor, action, changes: planChanges(null, plan) });
    return activity;
  }

  #stamp(actor: Actor): Pick<Activity, 'updatedAt' | 'updatedBy'> {
    return { updatedAt: new Date(this.#parts.clock.now()), updatedBy: actor.by };
  }
}

const longestTitle = 40;
const copyMark = '（副本）';

function copyOf(title: string): string {
  return `${title.slice(0, longestTitle - copyMark.length)}${copyMark}`;
}
