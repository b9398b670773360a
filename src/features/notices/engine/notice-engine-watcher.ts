import type { DeliveryState } from '../delivery.js';
import type { NoticeChannel } from '../notice.js';

/** Told what the engine does; nobody is named. */
export interface NoticeEngineWatcher {
  /** A row has been attempted, or settled without one. */
  attempted(accountId: string, channel: NoticeChannel, state: DeliveryState): void;
  held(accountId: string, noticeId: string, cause: string, reason: string): void;
  /** What dead workers had left. */
  abandoned(count: number): void;
  finished(accountId: string, noticeId: string): void;
  /** Something failed; the next round tries again. */
  failed(what: string, error: unknown): void;
}
