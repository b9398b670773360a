import type { Actor } from '../../core/actor.js';
import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { changesBetween } from '../audit/changes-between.js';
import type { AudienceSettingsRecord, AudienceSettingsStore } from './audience-settings-store.js';
import { audienceTexts } from './audience-texts.js';

export interface AudienceSettingsParts {
  settings: AudienceSettingsStore;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
}

/** The districts that citizens of an account can choose from. */
export class AudienceSettings {
  readonly #parts: AudienceSettingsParts;

  constructor(parts: AudienceSettingsParts) {
    this.#parts = parts;
  }

  /** Null: never set. */
  find(accountId: string): Promise<AudienceSettingsRecord | null> {
    return this.#parts.settings.find(accountId);
  }

  async districts(accountId: string): Promise<readonly string[]> {
    return (await this.find(accountId))?.districts ?? [];
  }

  /**
   * @param edit.baseRevision the revision that was changed; 0: never set
   * @throws UserError `district_twice` · `revision_conflict`
   */
  async change(edit: {
    accountId: string;
    districts: readonly string[];
    baseRevision: number;
    actor: Actor;
  }): Promise<AudienceSettingsRecord> {
    const { accountId, districts, baseRevision, actor } = edit;
    const { settings, transactions, audit } = this.#parts;
    refuseTwice(districts);
    return transactions.run(async (tx) => {
      const before = await settings.find(accountId, tx);
      if ((before?.revision ?? 0) !== baseRevision) throw changedMeanwhile(before);
      const after = this.#stamp(accountId, districts, baseRevision + 1, actor.by);
      await settings.put(tx, after);
      const changes = changesBetween({ districts: before?.districts ?? [] }, { districts });
      const object = { kind: 'audience-settings', id: accountId };
      await audit.append(tx, { ...actor, accountId, action: 'audience-settings.change', object, changes });
      return after;
    });
  }

  /** What an account begins with; what was ever set stays. */
  async seed(accountId: string, districts: readonly string[]): Promise<void> {
    const { settings, transactions } = this.#parts;
    const by = { staffId: 'system', name: 'system' };
    await transactions.run(async (tx) => {
      if (!(await settings.find(accountId, tx)))
        await settings.put(tx, this.#stamp(accountId, districts, 1, by));
    });
  }

  #stamp(
    accountId: string,
    districts: readonly string[],
    revision: number,
    updatedBy: Actor['by'],
  ): AudienceSettingsRecord {
    const updatedAt = new Date(this.#parts.clock.now());
    return { accountId, districts: [...districts], revision, updatedAt, updatedBy };
  }
}

function refuseTwice(districts: readonly string[]): void {
  const twice = districts.find((district, position) => districts.indexOf(district) !== position);
  if (twice !== undefined)
    throw new UserError('district_twice', audienceTexts.districtTwice(twice), { status: 422 });
}

function changedMeanwhile(theirs: AudienceSettingsRecord | null): UserError {
  if (!theirs) throw new Error('settings are never removed');
  const { districts, revision, updatedAt, updatedBy } = theirs;
  return new UserError('revision_conflict', audienceTexts.changedBy(updatedBy.name), {
    status: 409,
    details: { theirs: { districts, revision, updatedAt: updatedAt.toISOString(), updatedBy } },
  });
}
