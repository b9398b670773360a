import type { JobReport, TimedJob } from '../../core/scheduler.js';
import type { BillReconciler } from './bill-reconciler.js';
import type { OrderDesk } from './order-desk.js';
import type { DueReport } from './work-through-due.js';

export interface OrderJobsParts {
  /** The accounts served here. */
  accountIds: readonly string[];
  desk: Pick<OrderDesk, 'settleDue' | 'followRefunds'>;
  reconciler: Pick<BillReconciler, 'reconcileMissing'>;
}

/** What orders need by the clock. Times are Asia/Shanghai. */
export function orderJobs({ accountIds, desk, reconciler }: OrderJobsParts): TimedJob[] {
  return [
    {
      name: 'orders.settle',
      title: '查询支付结果',
      purpose: '主动向微信支付查询没有收到结果的订单；过了支付时间的关闭',
      when: { everyMs: 30_000 },
      work: async (signal) => reportOf(await desk.settleDue(signal)),
    },
    {
      name: 'refunds.follow',
      title: '办理退款',
      purpose: '把要退的款交给微信支付，并查询退款结果',
      when: { everyMs: 60_000 },
      work: async (signal) => reportOf(await desk.followRefunds(signal)),
    },
    {
      name: 'bills.reconcile',
      title: '核对账单',
      purpose: '每天取回微信支付前一天的账单，逐笔与订单核对，列出不一致的',
      when: { cron: '20 10-22 * * *' },
      work: (signal) => reconcileAll(accountIds, reconciler, signal),
    },
  ];
}

/** @throws Error where an order could not be brought on: it is on record then. */
function reportOf({ checked, failed, reasons }: DueReport): JobReport {
  if (failed > 0) throw new Error(`${failed} of ${checked} orders failed: ${reasons.join('; ')}`);
  return { checked };
}

async function reconcileAll(
  accountIds: readonly string[],
  reconciler: OrderJobsParts['reconciler'],
  signal: AbortSignal,
): Promise<JobReport> {
  const report = { days: 0, differences: 0, notYet: 0, troubles: 0 };
  for (const accountId of accountIds) {
    for (const outcome of await reconciler.reconcileMissing(accountId, signal)) {
      if (outcome.kind === 'not_yet') report.notYet += 1;
      if (outcome.kind === 'trouble') report.troubles += 1;
      if (outcome.kind !== 'done') continue;
      report.days += 1;
      report.differences += outcome.reconciliation.differenceCount;
    }
  }
  return report;
}
