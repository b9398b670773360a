import type { Clock } from '../../core/clock.js';
import type { Content } from '../../dialog/content-model.js';
import { freezeContent } from './canonical-content.js';
import { contentHasFaults, contentTooLarge, draftChanged, noDraft } from './content-errors.js';
import { fileLimits } from './content-limits.js';
import type { Draft, DraftStore } from './draft-store.js';
import { lintContentInSlices } from './lint-content.js';
import { parseStoredContent } from './parse-stored-content.js';
import type { AppendCondition, LivePointer, ReleaseStore } from './release-store.js';

export interface PublishRequest {
  accountId: string;
  content: Content;
  /** The id of a member of staff, or `system`. */
  by: string;
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
  by: string;
  /** The revision that the editor started from; 0: there was no draft. */
  baseRevision: number;
}

/** What staff do with the content of an account: work on a draft, and publish. */
export class ContentService {
  readonly #parts: { drafts: DraftStore; releases: ReleaseStore; clock: Clock };

  constructor(parts: { drafts: DraftStore; releases: ReleaseStore; clock: Clock }) {
    this.#parts = parts;
  }

  findDraft(accountId: string): Promise<Draft | null> {
    return this.#parts.drafts.find(accountId);
  }

  findLive(accountId: string): Promise<LivePointer | null> {
    return this.#parts.releases.findLive(accountId);
  }

  /** The content of the live release. @throws OperationalError `stored_content_unreadable` */
  async findLiveContent(accountId: string): Promise<Content | null> {
    const live = await this.findLive(accountId);
    const release = live && (await this.#parts.releases.find(accountId, live.number));
    return release && (await parseStoredContent(accountId, release.content));
  }

  /**
   * Keeps the draft, faulty or not.
   *
   * @returns the new revision.
   * @throws UserError `draft_changed` when another editor has saved since; `content_too_large`.
   */
  async saveDraft({ accountId, content, by, baseRevision }: SaveDraftRequest): Promise<number> {
    const { drafts, clock } = this.#parts;
    const draft = { accountId, ...freeze(content), updatedAt: new Date(clock.now()), updatedBy: by };
    const revision = await drafts.save(draft, baseRevision);
    if (revision === null) throw draftChanged((await drafts.find(accountId))?.updatedBy);
    return revision;
  }

  /**
   * Makes the content the live release of the account.
   *
   * @throws UserError `content_has_faults`, with the findings; `content_too_large`.
   */
  publish(request: PublishRequest): Promise<PublishOutcome> {
    return this.#append(request, 'changed');
  }

  /** As `publish`, with the draft. @throws UserError `no_draft` besides. */
  async publishDraft(accountId: string, by: string, note: string): Promise<PublishOutcome> {
    const draft = await this.findDraft(accountId);
    if (!draft) throw noDraft(accountId);
    return this.publish({ accountId, content: draft.content, by, note });
  }

  /** Publishes the content a new account begins with; an account that has a release keeps it. */
  seed(accountId: string, content: Content): Promise<PublishOutcome> {
    return this.#append({ accountId, content, by: 'system', note: '初始内容' }, 'first');
  }

  async #append(
    { accountId, content, by, note }: PublishRequest,
    condition: AppendCondition,
  ): Promise<PublishOutcome> {
    const now = this.#parts.clock.now();
    const findings = await lintContentInSlices(content, { now });
    if (findings.some(({ severity }) => severity === 'error')) throw contentHasFaults(findings);
    const release = { accountId, ...freeze(content), publishedAt: new Date(now), publishedBy: by, note };
    const { appended, live } = await this.#parts.releases.append(release, condition);
    return { published: appended, live };
  }
}

/** The content as it is stored, with its name. */
function freeze(content: Content): { content: Content; hash: string } {
  const { bytes, ...frozen } = freezeContent(content);
  if (bytes > fileLimits.totalBytes) throw contentTooLarge(bytes, fileLimits.totalBytes);
  return frozen;
}
