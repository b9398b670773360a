import { AuditTrail } from '../../src/features/audit/audit-trail.js';
import { NoticeControl } from '../../src/features/notices/desk/notice-control.js';
import { NoticeDesk } from '../../src/features/notices/desk/notice-desk.js';
import type { NoticeFinding } from '../../src/features/notices/desk/notice-finding.js';
import { NoticeReviews } from '../../src/features/notices/desk/notice-reviews.js';
import { NoticeStarter } from '../../src/features/notices/desk/notice-starter.js';
import type { Notice } from '../../src/features/notices/notice.js';
import type { QuietHours } from '../../src/features/notices/quiet-hours.js';
import { AuditStoreFake } from './fakes/audit-store-fake.js';
import { DeliveryStoreFake } from './fakes/delivery-store-fake.js';
import { NoticeStoreFake } from './fakes/notice-store-fake.js';
import { TransactionRunnerFake } from './fakes/transaction-runner-fake.js';
import { TestClock } from './open-back-office.js';

/** Everything that staff do with notices, in memory. It is nine in the morning in Meizhou. */
export function openNoticeDesk() {
  const clock = new TestClock(Date.parse('2026-11-22T01:00:00Z'));
  const notices = new NoticeStoreFake();
  const deliveries = new DeliveryStoreFake();
  const transactions = new TransactionRunnerFake();
  const trail = new AuditStoreFake();
  const findings: NoticeFinding[] = [];
  const keptLists: string[] = [];
  const quiet: { hours: QuietHours | null } = { hours: null };
  let nudges = 0;
  let ids = 0;
  const audit = new AuditTrail({ store: trail, clock });
  const common = { notices, transactions, audit, clock };
  const starter = new NoticeStarter({
    notices,
    clock,
    quietHours: { readQuietHours: async () => quiet.hours },
  });
  const nudge = () => void (nudges += 1);
  const desk = new NoticeDesk({
    ...common,
    check: { check: async () => findings },
    lists: { keepForNotice: async (_tx, _account, id) => void keptLists.push(id) },
    newId: () => `notice-${(ids += 1)}`,
    onSubmitted: nudge,
  });
  return {
    clock,
    notices,
    deliveries,
    findings,
    keptLists,
    quiet,
    starter,
    desk,
    reviews: new NoticeReviews({ ...common, starter, onApproved: nudge }),
    control: new NoticeControl({ ...common, deliveries, starter, onChanged: nudge }),
    nudges: () => nudges,
    actions: () => trail.events.map(({ action }) => action),
    audited: () => trail.events,
    async keep(notice: Notice): Promise<Notice> {
      await transactions.run((tx) => notices.add(tx, notice));
      return notice;
    },
  };
}
