import type { Transaction } from '../../../core/transaction-runner.js';
import { contentTexts } from '../content-texts.js';
import type { DraftStore } from '../draft-store.js';
import type { AppendCondition, AppendOutcome, NewRelease, ReleaseStore } from '../release-store.js';
import type { SubmissionStore } from '../submission-store.js';

export interface ReleasePublisherParts {
  releases: ReleaseStore;
  drafts: DraftStore;
  submissions: Pick<SubmissionStore, 'close'>;
}

/**
 * The one way to a new release. What waits for review meanwhile was compared with the release before, so it is void.
 */
export class ReleasePublisher {
  readonly #parts: ReleasePublisherParts;

  constructor(parts: ReleasePublisherParts) {
    this.#parts = parts;
  }

  async publish(tx: Transaction, release: NewRelease, condition: AppendCondition): Promise<AppendOutcome> {
    const { releases, drafts, submissions } = this.#parts;
    const outcome = await releases.append(tx, release, condition);
    if (!outcome.appended) return outcome;
    const { accountId, publishedBy: by, publishedAt: at } = release;
    const pending = (await drafts.findHead(accountId, tx))?.pending;
    if (pending === undefined) return outcome;
    const reason = contentTexts.voidedByRelease();
    await submissions.close(tx, accountId, pending, 'voided', { by, at, reason });
    await drafts.clearPending(tx, accountId, pending);
    return outcome;
  }
}
