import type { Clock } from '../../core/clock.js';
import type { TimedJob } from '../../core/scheduler.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import type { NoticeSubject } from '../owed-notices/notice-subject.js';
import { createNoticePlanner, createOwedNoticeBook } from '../owed-notices/owed-notices-feature.js';
import type { ActivityReader } from './activity-reader.js';
import { toOwedNotice, type ActivityNoticeBook } from './activity-notice.js';
import { ActivityNoticePlanner } from './notices/activity-notice-planner.js';
import { ActivityNoticeSubject, type ActivityNoticeSubjectParts } from './notices/activity-notice-subject.js';
import type { RegistrationStore } from './registration-store.js';

export interface ActivityNotices {
  /** For whoever sends what is owed. */
  subject: NoticeSubject;
  jobs: readonly TimedJob[];
}

/** What citizens are told about their registrations without asking. */
export function createActivityNotices(
  parts: Omit<ActivityNoticeSubjectParts, 'activities' | 'registrations'> & {
    connection: MongoConnection;
    /** The accounts served here. */
    accountIds: readonly string[];
    activities: Pick<ActivityReader, 'find' | 'listPublic'>;
    registrations: Pick<RegistrationStore, 'find' | 'list'>;
    clock: Clock;
  },
): ActivityNotices {
  const planner = new ActivityNoticePlanner({ ...parts, planner: createNoticePlanner(parts.connection) });
  return {
    subject: new ActivityNoticeSubject(parts),
    jobs: [
      {
        name: 'activity-notices.plan',
        title: '安排活动通知',
        purpose: '前一天 10 点提醒市民来参加；活动的时间、地点变了，告诉已经报名的每个人',
        when: { cron: '*/5 * * * *' },
        work: (signal) => planner.plan(signal),
      },
    ],
  };
}

/** For the desk that owes messages about registrations. */
export function createActivityNoticeBook(connection: MongoConnection): ActivityNoticeBook {
  const book = createOwedNoticeBook(connection);
  return { add: (tx, notice) => book.add(tx, toOwedNotice(notice)) };
}
