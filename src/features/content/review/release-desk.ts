import { z } from 'zod';
import type { Actor } from '../../../core/actor.js';
import { createBreather } from '../../../core/breather.js';
import { businessDay } from '../../../core/business-day.js';
import type { Clock } from '../../../core/clock.js';
import { OperationalError } from '../../../core/errors.js';
import { notFound } from '../../../core/refusals.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { Content, ReplyContent } from '../../../dialog/content-model.js';
import type { Form } from '../../../dialog/forms/form-model.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import { contentTexts } from '../content-texts.js';
import { changeItem } from '../draft/change-item.js';
import { describeItemChange } from '../draft/describe-change.js';
import type { DraftChange, DraftEditor } from '../draft/draft-editor.js';
import type { Snapshots } from '../draft/snapshots.js';
import type { DraftItem, DraftStore } from '../draft-store.js';
import { loadContent, loadLines, type FrozenContentStore } from '../frozen-content-store.js';
import { titleOfItem } from '../items/content-item.js';
import { diffContent, type ContentChange } from '../items/diff-content.js';
import { freezeContent, readLine, sizeOf, type FrozenContent } from '../items/frozen-content.js';
import { holdsBrokenReferences } from '../lint-content.js';
import type { LivePointer, NewRelease, ReleaseStore, StoredRelease } from '../release-store.js';
import { emergencyReplies } from './routine.js';
import type { ReleasePublisher } from './release-publisher.js';
import {
  nothingToRollBack,
  releaseChanged,
  releaseUnusable,
  replyNotWithdrawable,
  replyWithdrawnAlready,
} from './review-errors.js';

export interface ReleaseDeskParts {
  transactions: TransactionRunner;
  releases: ReleaseStore;
  drafts: DraftStore;
  contents: FrozenContentStore;
  editor: DraftEditor;
  snapshots: Snapshots;
  publisher: ReleasePublisher;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  forms: readonly Form[];
}

/** What a leader does at once and alone, for a stated reason. */
export interface RevertRequest {
  accountId: string;
  actor: Actor;
  reason: string;
}

/** A reply as a clerk looks for it. */
export interface ReplyTitle {
  id: string;
  title: string;
  /** YYYY-MM-DD, Beijing time; null: it does not end. */
  expires: string | null;
}

/** The releases of an account, and the two ways back. */
export class ReleaseDesk {
  readonly #parts: ReleaseDeskParts;

  constructor(parts: ReleaseDeskParts) {
    this.#parts = parts;
  }

  /** The newest first. */
  list(accountId: string, limit: number, before?: number): Promise<StoredRelease[]> {
    return this.#parts.releases.list(accountId, limit, before);
  }

  findLive(accountId: string): Promise<LivePointer | null> {
    return this.#parts.releases.findLive(accountId);
  }

  /** @throws UserError `not_found` */
  async find(accountId: string, number: number): Promise<StoredRelease> {
    const release = await this.#parts.releases.find(accountId, number);
    if (!release) throw notFound();
    return release;
  }

  /** Its content, frozen. @throws UserError `not_found` */
  async loadFrozen(accountId: string, number: number): Promise<FrozenContent> {
    const { hash } = await this.find(accountId, number);
    const lines = await loadLines(this.#parts.contents, accountId, hash);
    return { hash, lines, bytes: sizeOf(lines) };
  }

  /**
   * Replies of a release whose id or title holds a text, in the order of their ids.
   *
   * @throws UserError `not_found`
   */
  async findReplies(accountId: string, number: number, text: string, limit: number): Promise<ReplyTitle[]> {
    const { hash } = await this.find(accountId, number);
    const found: ReplyTitle[] = [];
    const breathe = createBreather();
    for (const line of await loadLines(this.#parts.contents, accountId, hash)) {
      await breathe();
      if (!line.startsWith('["reply",')) continue;
      const item = readLine(line);
      const title = titleOfItem(item);
      if (!item.id.includes(text) && !title.includes(text)) continue;
      const expires = expirySchema.safeParse(item.value).data?.expires ?? null;
      found.push({ id: item.id, title, expires });
      if (found.length >= limit) break;
    }
    return found;
  }

  /** What leads from one release to another. @throws UserError `not_found` */
  async diff(accountId: string, from: number, to: number): Promise<ContentChange[]> {
    const { contents } = this.#parts;
    const before = await loadLines(contents, accountId, (await this.find(accountId, from)).hash);
    const after = await loadLines(contents, accountId, (await this.find(accountId, to)).hash);
    return diffContent(before, after);
  }

  /**
   * Makes an earlier release live again, under a new number. The draft stays as it is, and is kept as a snapshot too.
   * Every release was approved when it went out: by review, by a leader, or by the operator.
   *
   * @throws UserError `not_found`; `nothing_to_roll_back` when the same is live; `release_unusable`; `draft_changed`
   *   when somebody edits at this moment.
   */
  async rollBack(request: RevertRequest & { to: number }): Promise<LivePointer> {
    const { accountId, actor, reason, to } = request;
    const { snapshots, transactions } = this.#parts;
    const release = await this.find(accountId, to);
    await this.#refuseUnusable(release);
    const snapshot = await snapshots.prepare(accountId, actor, contentTexts.beforeRollback(to));
    return transactions.run(async (tx) => {
      if (snapshot) await snapshots.add(tx, snapshot);
      const { hash, draftRevision } = release;
      const live = await this.#publish(tx, request, {
        hash,
        origin: { kind: 'rollback', to },
        ...(draftRevision !== undefined && { draftRevision }),
      });
      if (!live) throw nothingToRollBack(to);
      const changes = [
        { path: 'release', after: live.number },
        { path: 'hash', after: hash },
      ];
      const object = { kind: 'release', id: String(to) };
      await this.#parts.audit.append(tx, {
        ...actor,
        accountId,
        action: 'release.rollback',
        object,
        changes,
        reason,
      });
      return live;
    });
  }

  /**
   * Takes one reply off at once, in what is live and in the draft: citizens are told that it is being updated.
   *
   * @throws UserError `not_found` when the live release holds no such reply; `reply_not_withdrawable`,
   *   `reply_withdrawn_already`; `release_changed` when another release goes live at this moment.
   */
  async withdrawReply(request: RevertRequest & { replyId: string }): Promise<LivePointer> {
    const { accountId, actor, replyId } = request;
    const { releases, contents, editor, drafts, transactions } = this.#parts;
    const live = await releases.findLive(accountId);
    if (!live) throw notFound();
    const today = businessDay(this.#parts.clock.now());
    const { draftRevision } = await this.find(accountId, live.number);
    const frozen = await freezeContent(
      withdraw(await loadContent(contents, accountId, live.hash), replyId, today),
    );
    await contents.keep(accountId, frozen);
    return transactions.run(async (tx) => {
      if ((await releases.findLive(accountId, tx))?.number !== live.number) throw releaseChanged();
      const head = await drafts.findHead(accountId, tx);
      const item = head && (await drafts.find(head, { kind: 'reply', id: replyId }, tx));
      const change = withdrawFromDraft(item, today);
      if (change) {
        await editor.changeWithin(tx, accountId, actor, async (_tx, step) => change(step));
      }
      const published = await this.#publish(tx, request, {
        hash: frozen.hash,
        origin: { kind: 'withdrawal', reply: replyId },
        ...(draftRevision !== undefined && { draftRevision }),
      });
      if (!published) throw replyWithdrawnAlready();
      await this.#recordWithdrawal(tx, request, published);
      return published;
    });
  }

  #recordWithdrawal(
    tx: Transaction,
    { accountId, actor, reason, replyId }: RevertRequest & { replyId: string },
    { number }: LivePointer,
  ): Promise<void> {
    return this.#parts.audit.append(tx, {
      ...actor,
      accountId,
      action: 'reply.withdraw',
      object: { kind: 'reply', id: replyId },
      changes: [{ path: 'release', after: number }],
      reason,
    });
  }

  /** null: the same is live. */
  async #publish(
    tx: Transaction,
    { accountId, actor, reason }: RevertRequest,
    release: Pick<NewRelease, 'hash' | 'origin' | 'draftRevision'>,
  ): Promise<LivePointer | null> {
    const publishedAt = new Date(this.#parts.clock.now());
    const { appended, live } = await this.#parts.publisher.publish(
      tx,
      { accountId, ...release, publishedAt, publishedBy: actor.by, note: reason },
      'changed',
    );
    return appended ? live : null;
  }

  /** What every node would refuse. Compiling it to be sure takes as long as going live. */
  async #refuseUnusable({ accountId, number, hash }: StoredRelease): Promise<void> {
    const { contents, forms } = this.#parts;
    try {
      const content = await loadContent(contents, accountId, hash);
      if (holdsBrokenReferences(content, forms)) throw releaseUnusable(number);
    } catch (error) {
      const isUnfit = error instanceof OperationalError && unfitness.has(error.code);
      throw isUnfit ? releaseUnusable(number) : error;
    }
  }
}

const expirySchema = z.object({ expires: z.string() });
const unfitness = new Set(['stored_content_unreadable', 'content_incomplete']);

/**
 * A withdrawn reply is one that has expired: the dialog has a kind sentence for it, and its text stays for the clerk.
 */
function withdraw(content: Content, id: string, today: string): Content {
  const reply = content.replies.find((one) => one.id === id);
  if (!reply) throw notFound();
  if (emergencyReplies(content).has(id)) throw replyNotWithdrawable();
  const withdrawn = expire(reply, today);
  if (withdrawn === reply) throw replyWithdrawnAlready();
  return { ...content, replies: content.replies.map((one) => (one === reply ? withdrawn : one)) };
}

function expire(reply: ReplyContent, today: string): ReplyContent {
  if (reply.type === 'transfer') throw replyNotWithdrawable();
  return reply.expires !== undefined && reply.expires <= today ? reply : { ...reply, expires: today };
}

type DraftWithdrawal = (step: Parameters<typeof changeItem>[3]) => DraftChange;

/** The same in the draft; undefined where the draft holds no such reply, or one that has expired too. */
function withdrawFromDraft(item: DraftItem | null, today: string): DraftWithdrawal | undefined {
  if (item?.content?.kind !== 'reply' || item.content.value.type === 'transfer') return undefined;
  const before = item.content;
  const value = expire(before.value, today);
  if (value === before.value) return undefined;
  const after = { ...before, value };
  return (step) => ({
    items: [changeItem(item, item, after, step)],
    audit: {
      action: 'draft.edit',
      object: { kind: 'reply', id: item.id },
      changes: describeItemChange(before, after),
    },
  });
}
