import { createBreather } from '../../../core/breather.js';
import type { Clock } from '../../../core/clock.js';
import { UserError } from '../../../core/errors.js';
import type { FieldCipher } from '../../../core/field-cipher.js';
import type { RecipientFacts } from '../../audience/audience-reader.js';
import type { ChannelPlan, ChannelPlanner } from '../channel-planner.js';
import type { DeliveryStore } from '../delivery-store.js';
import type { Delivery } from '../delivery.js';
import type { NoticeStore } from '../notice-store.js';
import type { Notice, NoticeChannel, NoticeSize } from '../notice.js';
import type { RecipientReader } from '../recipient-reader.js';
import { NoticeHash } from './notice-hash.js';
import { sealValues } from './recipient-values.js';

export interface PreparerParts {
  notices: Pick<NoticeStore, 'claimPreparing' | 'finishPreparing' | 'failPreparing'>;
  deliveries: Pick<DeliveryStore, 'addMany' | 'findLast' | 'removeBefore' | 'stream'>;
  recipients: RecipientReader;
  planner: ChannelPlanner;
  cipher: FieldCipher;
  clock: Clock;
}

/** Several times what the largest notice takes. */
const leaseMs = 60_000;
const pageRows = 1_000;

/**
 * Writes down the recipients of notices that were submitted. Cut off at any point, it goes on behind the last row that
 * is there; size and hash are taken from what was written, so that they hold for it whoever wrote it.
 */
export class NoticePreparer {
  readonly #parts: PreparerParts;

  constructor(parts: PreparerParts) {
    this.#parts = parts;
  }

  /** Everything that waits to be prepared. @returns how many notices. */
  async prepareAll(signal: AbortSignal): Promise<number> {
    const { notices, clock } = this.#parts;
    for (let prepared = 0; ; prepared += 1) {
      if (signal.aborted) return prepared;
      const now = clock.now();
      const notice = await notices.claimPreparing(new Date(now), new Date(now + leaseMs));
      if (!notice) return prepared;
      await this.#prepare(notice, signal);
    }
  }

  async #prepare(notice: Notice, signal: AbortSignal): Promise<void> {
    const { notices, deliveries } = this.#parts;
    await deliveries.removeBefore(notice);
    try {
      if (!(await this.#writeRows(notice, signal))) return;
    } catch (error) {
      // What the rules refuse they refuse each time: the author must know.
      if (!(error instanceof UserError)) throw error;
      return notices.failPreparing(notice, error.message);
    }
    const summary = await this.#summarise(notice);
    if (summary === null) await notices.failPreparing(notice, '收件人在准备时变了，请再送审一次');
    else if (summary.size.recipients === 0) await notices.failPreparing(notice, '没有收件人');
    else await notices.finishPreparing(notice, summary);
  }

  /** @returns false: cut off. */
  async #writeRows(notice: Notice, signal: AbortSignal): Promise<boolean> {
    const { deliveries, recipients, planner } = this.#parts;
    const breathe = createBreather();
    let after = await deliveries.findLast(notice);
    for (;;) {
      if (signal.aborted) return false;
      const page = await recipients.list(notice, { after, limit: pageRows });
      if (page.length === 0) return true;
      const plans = await planner.plan(notice, page);
      const rows: Delivery[] = [];
      for (const [index, recipient] of page.entries()) {
        rows.push(this.#toRow(notice, (after?.row ?? -1) + 1 + index, recipient, plans[index]));
        await breathe();
      }
      await deliveries.addMany(rows);
      after = rows.at(-1) ?? null;
    }
  }

  #toRow(notice: Notice, row: number, recipient: RecipientFacts, plan?: ChannelPlan): Delivery {
    const { cipher, clock } = this.#parts;
    const { openid, values } = recipient;
    const { accountId, id: noticeId, preparation } = notice;
    const { open, passed } = plan ?? { open: [], passed: [] };
    const [channel] = open;
    const now = new Date(clock.now());
    const sealedValues = sealValues(cipher, { accountId, openid }, values);
    return {
      accountId,
      noticeId,
      preparation,
      row,
      openid,
      open,
      passed,
      attempts: 0,
      ...(sealedValues !== undefined && { sealedValues }),
      ...(channel ? { state: 'waiting', channel } : { state: 'skipped', reason: reasonOf(passed) }),
      dueAt: now,
      updatedAt: now,
    };
  }

  /**
   * Null: two workers wrote at the same time, after one had been still for longer than its lease, and they did not
   * find the same recipients.
   */
  async #summarise(notice: Notice): Promise<{ size: NoticeSize; hash: string } | null> {
    const breathe = createBreather();
    const hash = new NoticeHash();
    const byChannel: Partial<Record<NoticeChannel, number>> = {};
    const skipped: Record<string, number> = {};
    const openids = new Set<string>();
    for await (const row of this.#parts.deliveries.stream(notice)) {
      if (row.row !== openids.size || openids.has(row.openid)) return null;
      openids.add(row.openid);
      hash.add(row);
      if (row.channel) byChannel[row.channel] = (byChannel[row.channel] ?? 0) + 1;
      else skipped[row.reason ?? ''] = (skipped[row.reason ?? ''] ?? 0) + 1;
      await breathe();
    }
    const size = { recipients: openids.size, byChannel, skipped };
    return { size, hash: hash.of(notice, size) };
  }
}

/** What hinders the channel that would have been tried first. */
function reasonOf(passed: ChannelPlan['passed']): string {
  return passed[0]?.reason ?? 'no_channel';
}
