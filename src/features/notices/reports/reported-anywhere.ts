import type { DeliveryReport } from './platform-report.js';
import type { ReportedDeliveries } from './report-stores.js';

/** Asks one keeper of sent messages after the other; a message has one. */
export class ReportedAnywhere implements ReportedDeliveries {
  readonly #keepers: readonly ReportedDeliveries[];

  constructor(keepers: readonly ReportedDeliveries[]) {
    this.#keepers = keepers;
  }

  async settle(reports: readonly DeliveryReport[]): Promise<ReadonlySet<string>> {
    const known = new Set<string>();
    for (const keeper of this.#keepers) {
      const left = reports.filter(({ messageId }) => !known.has(messageId));
      if (left.length === 0) break;
      for (const messageId of await keeper.settle(left)) known.add(messageId);
    }
    return known;
  }
}
