import type { ExpiringRecords } from '../../core/expiring-records.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import { purgeInTransactions } from '../compliance/purge-in-transactions.js';
import type { Holding, PurgeRun, RetentionKind } from '../compliance/retention-kind.js';
import { timeOf } from './activity.js';
import type { OwnRegistrationStore } from './own-registration-store.js';
import type { PlaceStore } from './place-store.js';
import type { Registration } from './registration.js';
import type { ActivityFinder } from './registrations/registration-parts.js';
import { registrationExpiry, registrationRetentionDays } from './registrations/registration-retention.js';
import { isInPlace } from './registrations/registration-transitions.js';

export interface RegistrationPurgeParts {
  store: Pick<OwnRegistrationStore, 'listExpired' | 'keepUntil' | 'remove'>;
  activities: ActivityFinder;
  /** The same registrations, to count them. */
  records: ExpiringRecords;
  places: Pick<PlaceStore, 'release'>;
  transactions: TransactionRunner;
}

/** Registrations, until so many days after the activity. */
export class RegistrationPurge implements RetentionKind {
  readonly kind = 'registrations';
  readonly title = '活动报名';
  readonly keeps = { rule: `活动结束后 ${registrationRetentionDays} 天` };
  readonly #parts: RegistrationPurgeParts;

  constructor(parts: RegistrationPurgeParts) {
    this.#parts = parts;
  }

  purge(run: PurgeRun): Promise<Holding> {
    return purgeInTransactions(this.#parts, run, (tx, expired) => this.#remove(tx, expired, run.now));
  }

  /** The place goes with the record that stands in it, so that places and records keep telling one story. */
  async #remove(tx: Transaction, expired: readonly Registration[], now: number): Promise<Registration[]> {
    const { store, places } = this.#parts;
    const over: Registration[] = [];
    for (const registration of expired) {
      const expiresAt = await this.#expiryOf(registration, tx);
      if (expiresAt.getTime() > now) await store.keepUntil(tx, registration, expiresAt);
      else over.push(registration);
    }
    for (const registration of over.filter(isInPlace))
      await places.release(tx, registration, registration.groupId);
    await store.remove(tx, over);
    return over;
  }

  /** By the time that the activity has now: it may have been put off since. */
  async #expiryOf(
    { accountId, activityId, groupId, expiresAt }: Registration,
    tx: Transaction,
  ): Promise<Date> {
    const activity = await this.#parts.activities.find(accountId, activityId, tx);
    const group = activity?.groups.find(({ id }) => id === groupId);
    return activity && group ? registrationExpiry(timeOf(activity, group).endsAt) : expiresAt;
  }
}
