import type { NoticeChannel } from './notice.js';

/** How often the platform refused something on a day. */
export interface RefusalCount {
  accountId: string;
  /** `YYYY-MM-DD`, Asia/Shanghai. */
  day: string;
  channel: NoticeChannel;
  /** See PersonalOutcome. */
  reason: string;
  count: number;
}

export interface RefusalCountStore {
  add(counts: readonly RefusalCount[]): Promise<void>;
  /** From that day on, the newest day and the most frequent first. */
  list(accountId: string, fromDay: string): Promise<RefusalCount[]>;
}
