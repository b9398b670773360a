import type { OutboundNotice } from '../../core/outbound-messenger.js';
import type { Permission } from '../../core/permissions.js';
import type { OwedNotice } from './owed-notice.js';

/** What is said, and the same for staff: without what only the citizen may show. */
export interface NoticeText extends Omit<OutboundNotice, 'clientMsgId'> {
  said: string;
}

/** What a message is about, as staff see it; in Chinese. */
export interface NoticeSubjectView {
  title: string;
  place: string;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  day: string;
  /** UTC; null: there is only a day. */
  time: { startsAt: Date; endsAt: Date } | null;
  /** Masked; null: not known, or the key is lost. */
  person: { name: string; phone: string } | null;
}

/** A feature about whose records citizens are told without having asked. */
export interface NoticeSubject {
  /** That of `NoticeSubjectRef`; unique. */
  kind: string;
  /** What staff look at and send once more: the part of the address, and who may. */
  desk: { path: string; see: Permission; repeat: Permission };
  /** Says it in words, as it is at the moment of sending. Null: it is no longer so, or is over. */
  write(notice: OwedNotice): Promise<NoticeText | null>;
  /** Null: it has been deleted meanwhile. */
  describe(accountId: string, id: string): Promise<NoticeSubjectView | null>;
}

/** The features that citizens are told about. */
export class NoticeSubjects {
  readonly #byKind = new Map<string, NoticeSubject>();

  /** @throws Error where two are called the same: a fault of the program. */
  constructor(subjects: readonly NoticeSubject[]) {
    for (const subject of subjects) {
      if (this.#byKind.has(subject.kind))
        throw new Error(`two subjects of notices are called ${subject.kind}`);
      this.#byKind.set(subject.kind, subject);
    }
  }

  /** @throws Error where there is none: what a newer node owes waits for one. */
  require(kind: string): NoticeSubject {
    const subject = this.#byKind.get(kind);
    if (!subject) throw new Error(`no subject of notices is called ${kind}`);
    return subject;
  }
}
