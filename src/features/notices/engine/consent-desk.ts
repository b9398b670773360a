import { GroupCommit } from '../../../core/group-commit.js';
import type { ConsentLedger, ConsentSettlement, ConsentUse } from '../consent-ledger.js';

const options = { maxBatch: 256, maxConcurrent: 1 };

/** Takes and settles consents, those of deliveries under way at the same time together. */
export class ConsentDesk {
  readonly #takings: GroupCommit<ConsentUse, boolean>;
  readonly #settlements: GroupCommit<{ use: ConsentUse; as: ConsentSettlement }, true>;

  constructor(ledger: Pick<ConsentLedger, 'take' | 'settle'>) {
    this.#takings = new GroupCommit((uses) => ledger.take(uses), options);
    this.#settlements = new GroupCommit(async (settlements) => {
      await ledger.settle(settlements);
      return settlements.map(() => true as const);
    }, options);
  }

  take(use: ConsentUse): Promise<boolean> {
    return this.#takings.add(use);
  }

  async settle(use: ConsentUse, as: ConsentSettlement): Promise<void> {
    await this.#settlements.add({ use, as });
  }
}
