import type { Actor } from '../../core/actor.js';
import type { Clock } from '../../core/clock.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { Content } from '../../dialog/content-model.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { contentHasFaults, contentTooLarge, noDraft } from './content-errors.js';
import { fileLimits } from './content-limits.js';
import { contentsOf, readDraft } from './draft/draft-reader.js';
import { refuseRepeatedIds } from './draft/refuse-repeated-ids.js';
import type { WholeDraftWriter } from './draft/whole-draft-writer.js';
import type { DraftStore } from './draft-store.js';
import { loadContent, type FrozenContentStore } from './frozen-content-store.js';
import { itemsToContent } from './items/content-items.js';
import { freezeContent } from './items/frozen-content.js';
import { programActor } from './program-actor.js';
import type { AppendCondition, LivePointer, NewRelease, ReleaseStore } from './release-store.js';
import type { ReleasePublisher } from './review/release-publisher.js';
import type { ContentWork } from './work/content-work.js';

/** The whole draft as content. */
export interface Draft {
  accountId: string;
  content: Content;
  /** Counts the changes, from 1: whoever saves says which one they started from. */
  revision: number;
  /** UTC. */
  updatedAt: Date;
  /** The name of a person. */
  updatedBy: string;
}

/** A signed-in person, or the name of a program: `command-line`, `system`. */
export type Doer = Actor | string;

export interface PublishRequest {
  accountId: string;
  content: Content;
  by: Doer;
  note: string;
}

export interface PublishOutcome {
  /** False: what is live stays, because it says the same (or, for `seed`, because there is something live). */
  published: boolean;
  live: LivePointer;
}

export interface SaveDraftRequest {
  accountId: string;
  content: Content;
  by: Doer;
  /** The revision that the editor started from; 0: there was no draft. */
  baseRevision: number;
  /** What the audit trail calls it; `draft.save` if absent. */
  action?: string;
}

export interface ContentServiceParts {
  transactions: TransactionRunner;
  drafts: DraftStore;
  releases: ReleaseStore;
  contents: FrozenContentStore;
  wholes: WholeDraftWriter;
  publisher: ReleasePublisher;
  audit: Pick<AuditTrail, 'append'>;
  work: ContentWork;
  clock: Clock;
}

/** What programs do with the content of an account as a whole: read it, replace the draft, publish. */
export class ContentService {
  readonly #parts: ContentServiceParts;

  constructor(parts: ContentServiceParts) {
    this.#parts = parts;
  }

  /** @throws UserError `draft_busy` */
  async findDraft(accountId: string): Promise<Draft | null> {
    const whole = await readDraft(this.#parts.drafts, accountId);
    if (!whole) return null;
    const { revision, updatedAt, updatedBy } = whole.head;
    const content = itemsToContent(contentsOf(whole.items));
    return { accountId, content, revision, updatedAt, updatedBy: updatedBy.name };
  }

  findLive(accountId: string): Promise<LivePointer | null> {
    return this.#parts.releases.findLive(accountId);
  }

  /** The content of the live release. @throws OperationalError `stored_content_unreadable` */
  async findLiveContent(accountId: string): Promise<Content | null> {
    const live = await this.findLive(accountId);
    return live && loadContent(this.#parts.contents, accountId, live.hash);
  }

  /**
   * Makes the content the draft, faulty or not; only what differs is written.
   *
   * @returns the draft's revision; the one before when nothing differs.
   * @throws UserError `draft_changed` when another editor has changed it since; `content_has_faults` where an id
   *   stands twice; `content_too_large`.
   */
  async saveDraft({ by, action = 'draft.save', ...request }: SaveDraftRequest): Promise<number> {
    return (await this.#parts.wholes.replace({ ...request, actor: toActor(by), action })).revision;
  }

  /**
   * Makes the content the live release of the account, without review: for the operator's command line.
   *
   * @throws UserError `content_has_faults`, with the findings; `content_too_large`.
   */
  publish(request: PublishRequest): Promise<PublishOutcome> {
    return this.#append(request, 'changed', { origin: { kind: 'operator' } });
  }

  /** As `publish`, with the draft. @throws UserError `no_draft` besides. */
  async publishDraft(accountId: string, by: Doer, note: string): Promise<PublishOutcome> {
    const draft = await this.findDraft(accountId);
    if (!draft) throw noDraft(accountId);
    const { content, revision: draftRevision } = draft;
    const origin = { kind: 'operator' } as const;
    return this.#append({ accountId, content, by, note }, 'changed', { origin, draftRevision });
  }

  /** Publishes the content a new account begins with; an account that has a release keeps it. */
  seed(accountId: string, content: Content): Promise<PublishOutcome> {
    const request = { accountId, content, by: 'system', note: '初始内容' };
    return this.#append(request, 'first', { origin: { kind: 'initial' } });
  }

  async #append(
    { accountId, content, by, note }: PublishRequest,
    condition: AppendCondition,
    about: Pick<NewRelease, 'origin' | 'draftRevision'>,
  ): Promise<PublishOutcome> {
    const { clock, work, contents } = this.#parts;
    const now = clock.now();
    refuseRepeatedIds(content);
    const frozen = await freezeContent(content);
    if (frozen.bytes > fileLimits.frozenBytes) throw contentTooLarge(frozen.bytes, fileLimits.frozenBytes);
    const findings = await work.lint(frozen, now);
    if (findings.some(({ severity }) => severity === 'error')) throw contentHasFaults(findings);
    await contents.keep(accountId, frozen);
    const actor = toActor(by);
    const who = { publishedAt: new Date(now), publishedBy: actor.by, note };
    return this.#publish(actor, { accountId, hash: frozen.hash, ...about, ...who }, condition);
  }

  #publish(actor: Actor, release: NewRelease, condition: AppendCondition): Promise<PublishOutcome> {
    const { transactions, publisher, audit } = this.#parts;
    const { accountId, hash, note } = release;
    return transactions.run(async (tx) => {
      const { appended, live } = await publisher.publish(tx, release, condition);
      if (!appended) return { published: false, live };
      await audit.append(tx, {
        ...actor,
        accountId,
        action: 'release.publish',
        object: { kind: 'release', id: String(live.number) },
        changes: [{ path: 'hash', after: hash }],
        ...(note !== '' && { reason: note }),
      });
      return { published: true, live };
    });
  }
}

function toActor(by: Doer): Actor {
  return typeof by === 'string' ? programActor(by) : by;
}
