import { createHash, type Hash } from 'node:crypto';
import { canonicalJson } from '../../../core/canonical-json.js';
import type { Delivery } from '../delivery.js';
import type { Notice, NoticePlan, NoticeSize } from '../notice.js';

/** What approvals name: the plan, the size, and everybody who is to get it by which channel with which values. */
export class NoticeHash {
  readonly #recipients: Hash = createHash('sha256');

  /** In order of the rows. */
  add({ row, openid, state, open, sealedValues = '' }: Delivery): void {
    this.#recipients.update(`${row}\n${openid}\n${state}\n${open.join(',')}\n${sealedValues}\n`);
  }

  /** In hexadecimal digits. */
  of(notice: Notice, size: NoticeSize): string {
    const { kind, title, content, audience, channels, sendAt, training }: NoticePlan = notice;
    const plan = {
      kind,
      title,
      content,
      audience,
      channels,
      sendAt: sendAt?.toISOString() ?? null,
      training,
    };
    const recipients = this.#recipients.digest('hex');
    return createHash('sha256').update(canonicalJson({ plan, size, recipients })).digest('hex');
  }
}
