import { setMaxListeners } from 'node:events';
import type { Clock } from '../../../core/clock.js';
import type { NoticeStore } from '../notice-store.js';
import type { Notice, NoticeHold } from '../notice.js';
import type { PersonalOutcome } from '../notice-platform-port.js';
import type { NoticeRun } from './delivery-sender.js';
import type { MessageMaker } from './message-maker.js';
import type { NoticeEngineWatcher } from './notice-engine-watcher.js';

export interface SendingNoticeParts {
  notices: Pick<NoticeStore, 'hold'>;
  watcher: Pick<NoticeEngineWatcher, 'held'>;
  clock: Clock;
}

/** So many refusals of what is said, one after another, are no matter of single recipients. */
const refusedInARow = 20;

/** A notice while this worker sends it. */
export class SendingNotice implements NoticeRun {
  readonly notice: Notice;
  readonly maker: MessageMaker;
  readonly #parts: SendingNoticeParts;
  readonly #ending = new AbortController();
  #refused = 0;

  constructor(notice: Notice, maker: MessageMaker, parts: SendingNoticeParts) {
    this.notice = notice;
    this.maker = maker;
    this.#parts = parts;
    // One listener for each row that waits to be admitted.
    setMaxListeners(0, this.#ending.signal);
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** Nothing more of it is begun; what is under way ends as it ends. */
  end(): void {
    this.#ending.abort();
  }

  async hold({ cause, reason, until }: Pick<NoticeHold, 'cause' | 'reason' | 'until'>): Promise<void> {
    if (this.signal.aborted) return;
    this.end();
    const { notices, watcher, clock } = this.#parts;
    const { accountId, id } = this.notice;
    const since = new Date(clock.now());
    if (await notices.hold({ accountId, id }, { cause, reason, since, until }))
      watcher.held(accountId, id, cause, reason);
  }

  async judged(outcome: PersonalOutcome): Promise<void> {
    if (outcome.kind !== 'refused') {
      // A platform that is busy or out of reach says nothing about the content.
      if (outcome.kind === 'accepted') this.#refused = 0;
      return;
    }
    this.#refused += 1;
    if (this.#refused >= refusedInARow)
      await this.hold({ cause: 'template', reason: outcome.reason, until: null });
  }
}
