import type { ExpiringRecords } from '../../core/expiring-records.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import type { Holding, PurgeCounts, PurgeRun, RetentionKind } from '../compliance/retention-kind.js';
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

/** Registrations per transaction. */
const batchSize = 100;

/** Registrations, until so many days after the activity. */
export class RegistrationPurge implements RetentionKind {
  readonly kind = 'registrations';
  readonly title = '活动报名';
  readonly keeps = { rule: `活动结束后 ${registrationRetentionDays} 天` };
  readonly #parts: RegistrationPurgeParts;

  constructor(parts: RegistrationPurgeParts) {
    this.#parts = parts;
  }

  async purge(run: PurgeRun): Promise<Holding> {
    const { records } = this.#parts;
    while (!run.signal?.aborted && (await this.#purgeBatch(run)) === batchSize);
    const [held, oldest] = await Promise.all([records.count(), records.findOldest()]);
    return { held, oldest, overdue: 0 };
  }

  /** The place goes with the record that stands in it, so that places and records keep telling one story. */
  #purgeBatch({ now, note }: PurgeRun): Promise<number> {
    const { store, places, transactions } = this.#parts;
    return transactions.run(async (tx) => {
      const expired = await store.listExpired(new Date(now), batchSize, tx);
      const over: Registration[] = [];
      for (const registration of expired) {
        const expiresAt = await this.#expiryOf(registration, tx);
        if (expiresAt.getTime() > now) await store.keepUntil(tx, registration, expiresAt);
        else over.push(registration);
      }
      for (const registration of over.filter(isInPlace))
        await places.release(tx, registration, registration.groupId);
      await store.remove(tx, over);
      if (over.length > 0) await note(countStates(over), tx);
      return expired.length;
    });
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

function countStates(registrations: readonly Registration[]): PurgeCounts {
  const counts: Record<string, number> = {};
  for (const { state } of registrations) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
