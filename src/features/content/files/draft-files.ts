import type { Actor } from '../../../core/actor.js';
import { UserError } from '../../../core/errors.js';
import type { Content } from '../../../dialog/content-model.js';
import type { ContentService } from '../content-service.js';
import type { DraftChecks } from '../draft/draft-checks.js';
import { refuseRepeatedIds } from '../draft/refuse-repeated-ids.js';
import { diffContent, type ContentChange } from '../items/diff-content.js';
import { freezeContent } from '../items/frozen-content.js';
import type { ReleaseDesk } from '../review/release-desk.js';
import type { ContentWork, FileTexts } from '../work/content-work.js';
import type { Fault } from './fault.js';

export interface DraftFilesParts {
  contentService: ContentService;
  draftChecks: DraftChecks;
  releaseDesk: ReleaseDesk;
  work: ContentWork;
}

export interface ImportRequest {
  accountId: string;
  actor: Actor;
  files: FileTexts;
  /** The draft's revision; 0: there is no draft. */
  baseRevision: number;
}

/** Content between the database and YAML files, for staff. */
export class DraftFiles {
  readonly #parts: DraftFilesParts;

  constructor(parts: DraftFilesParts) {
    this.#parts = parts;
  }

  /** The draft. @throws UserError `no_draft`, `draft_busy` */
  async render(accountId: string): Promise<FileTexts> {
    const { frozen } = await this.#parts.draftChecks.freeze(accountId);
    return this.#parts.work.render(frozen, accountId);
  }

  /** @throws UserError `not_found` */
  async renderRelease(accountId: string, number: number): Promise<FileTexts> {
    const { releaseDesk, work } = this.#parts;
    return work.render(await releaseDesk.loadFrozen(accountId, number), accountId);
  }

  /**
   * What would change in the draft if the files were it.
   *
   * @throws UserError `bad_content_files` as `import`; `content_has_faults` where an id stands twice; `no_draft`,
   *   `draft_busy`.
   */
  async compare(
    accountId: string,
    files: FileTexts,
  ): Promise<{ revision: number; changes: ContentChange[] }> {
    const content = await this.#parse(files, accountId);
    refuseRepeatedIds(content);
    const { revision, frozen } = await this.#parts.draftChecks.freeze(accountId);
    const { lines } = await freezeContent(content);
    return { revision, changes: await diffContent(frozen.lines, lines) };
  }

  /**
   * Makes the files the draft.
   *
   * @returns the draft's revision.
   * @throws UserError `bad_content_files` with every fault, by file, line and column; `draft_changed`,
   *   `content_too_large`. Then nothing has changed.
   */
  async import({ accountId, actor, files, baseRevision }: ImportRequest): Promise<number> {
    const content = await this.#parse(files, accountId);
    const request = { accountId, content, by: actor, baseRevision, action: 'draft.import' };
    return this.#parts.contentService.saveDraft(request);
  }

  async #parse(files: FileTexts, accountId: string): Promise<Content> {
    const parsed = await this.#parts.work.parse(files, accountId);
    if ('faults' in parsed) throw badFiles(parsed.faults);
    return parsed.content;
  }
}

function badFiles(faults: readonly Fault[]): UserError {
  return new UserError('bad_content_files', `文件有 ${faults.length} 处错误，什么都没有改动`, {
    status: 422,
    details: { faults },
  });
}
