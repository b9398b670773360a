import type { Clock } from '../../core/clock.js';
import { describeError } from '../../core/errors.js';
import type { Order } from './order.js';

export interface DueReport {
  /** Orders that were dealt with. */
  checked: number;
  /** Of them, those that could not be brought on; they come again later. */
  failed: number;
  /** Some of the reasons. */
  reasons: string[];
}

const batchSize = 100;
const reasonsShown = 5;

/** One order after the other, until none is due; one that fails holds up no other. */
export async function workThroughDue(parts: {
  list: (now: number, limit: number) => Promise<Order[]>;
  /** Afterwards the order is not due any more. */
  work: (order: Order) => Promise<unknown>;
  postpone: (order: Order) => Promise<unknown>;
  clock: Clock;
  signal: AbortSignal;
}): Promise<DueReport> {
  const { list, work, postpone, clock, signal } = parts;
  const report: DueReport = { checked: 0, failed: 0, reasons: [] };
  const now = clock.now();
  for (;;) {
    const due = await list(now, batchSize);
    for (const order of due) {
      if (signal.aborted) return report;
      report.checked += 1;
      try {
        await work(order);
      } catch (error) {
        report.failed += 1;
        if (report.reasons.length < reasonsShown)
          report.reasons.push(`${order.orderId}: ${describeError(error)}`);
        await postpone(order);
      }
    }
    if (due.length < batchSize) return report;
  }
}
