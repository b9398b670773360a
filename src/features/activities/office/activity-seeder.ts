import type { Clock } from '../../../core/clock.js';
import type { FieldCipher } from '../../../core/field-cipher.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { Activity } from '../activity.js';
import type { ActivityStore } from '../activity-store.js';
import { prepareDraw } from '../draw/draw-seed.js';
import type { PlaceStore } from '../place-store.js';
import type { RegistrationStore } from '../registration-store.js';
import type { ActivityRef } from './activity-editor.js';
import { demoActivities, type DemoActivity } from './demo-activities.js';
import { placesOf } from './places-of.js';

export interface SeederParts {
  activities: Pick<ActivityStore, 'find' | 'add' | 'replace'>;
  places: Pick<PlaceStore, 'plan'>;
  registrations: Pick<RegistrationStore, 'countByState'>;
  transactions: TransactionRunner;
  cipher: FieldCipher;
  clock: Clock;
}

/** Puts something to register for into an account that is only tried out. */
export class ActivitySeeder {
  readonly #parts: SeederParts;

  constructor(parts: SeederParts) {
    this.#parts = parts;
  }

  /** Adds what is missing, and dates anew what is over; one that anybody has changed or registered for stays. */
  async seed(accountId: string): Promise<void> {
    const { transactions, clock } = this.#parts;
    for (const demo of demoActivities(clock.now()))
      await transactions.run((tx) => this.#seedOne(tx, accountId, demo));
  }

  async #seedOne(tx: Transaction, accountId: string, { activityId, plan }: DemoActivity): Promise<void> {
    const { activities, places, cipher, clock } = this.#parts;
    const ref = { accountId, activityId };
    const before = await activities.find(accountId, activityId, tx);
    if (before && !(await this.#isStale(before))) return;
    const at = new Date(clock.now());
    const fresh: Activity = {
      ...plan,
      ...ref,
      state: 'published',
      formVersion: (before?.formVersion ?? 0) + 1,
      revision: (before?.revision ?? 0) + 1,
      ...(plan.mode === 'lots' && { draw: before?.draw ?? prepareDraw(ref, cipher) }),
      publishedAt: at,
      updatedAt: at,
      updatedBy: program,
    };
    await places.plan(tx, placesOf(fresh));
    if (before) await activities.replace(tx, before, fresh);
    else await activities.add(tx, fresh);
  }

  /** Registration has closed, and nobody has ever done anything with it. */
  async #isStale(activity: Activity): Promise<boolean> {
    const { clock } = this.#parts;
    if (activity.updatedBy.staffId !== program.staffId || activity.draw?.result) return false;
    if (activity.closesAt.getTime() > clock.now()) return false;
    return !(await this.#hasRegistrations(activity));
  }

  async #hasRegistrations(ref: ActivityRef): Promise<boolean> {
    return (await this.#parts.registrations.countByState(ref)).length > 0;
  }
}

const program: Activity['updatedBy'] = { staffId: 'system', name: '系统' };
