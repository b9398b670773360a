import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import { buttonKey } from '../../dialog/button-key.js';
import type { Content, Target } from '../../dialog/content-model.js';
import { addQuestions, holdsTarget } from './add-questions.js';
import { groupNotFound, noContent, nothingToAttach, targetNotFound } from './insights-errors.js';
import { dropPlaceholders } from './mask-personal-data.js';
import type { UnansweredGroup, Wording } from './unanswered.js';
import type { StateChange, UnansweredFilter, UnansweredStore } from './unanswered-store.js';

export interface UnansweredDetail {
  group: UnansweredGroup;
  /** Most frequent first. */
  wordings: Wording[];
}

export interface AttachRequest {
  id: string;
  to: Target;
  /** The id of a member of staff, or `system`. */
  by: string;
}

export interface AttachOutcome {
  group: UnansweredGroup;
  /** The rule of the draft that leads to the target. */
  ruleId: string;
  /** The questions that this rule did not know yet. */
  added: string[];
  /** The draft's revision; 0: it was not needed to save one. */
  revision: number;
}

/** The content of an account as staff work on it. */
export interface ContentEditor {
  /** null: there is no draft. */
  findDraft(accountId: string): Promise<{ content: Content; revision: number } | null>;
  findLiveContent(accountId: string): Promise<Content | null>;
  /** @throws UserError `draft_changed` when another editor has saved since `baseRevision` (0: there was no draft). */
  saveDraft(draft: {
    accountId: string;
    content: Content;
    by: string;
    baseRevision: number;
  }): Promise<number>;
}

/** A rule with more questions than this is read by nobody. */
const mostWordings = 20;
/** What the schema of the content allows. */
const longestQuestion = 100;
const mostTries = 5;

/** What staff do with the questions that were asked in vain. */
export class UnansweredService {
  readonly #parts: { store: UnansweredStore; contents: ContentEditor; clock: Clock };

  constructor(parts: { store: UnansweredStore; contents: ContentEditor; clock: Clock }) {
    this.#parts = parts;
  }

  /** Most messages first. */
  list(filter: UnansweredFilter, limit: number): Promise<UnansweredGroup[]> {
    return this.#parts.store.list(filter, limit);
  }

  /** @throws UserError `group_not_found` */
  async show(id: string): Promise<UnansweredDetail> {
    const group = await this.#find(id);
    return { group, wordings: await this.#parts.store.listWordings(id, mostWordings) };
  }

  /**
   * Adds the group's wordings, without personal data, to the questions of the target's rule in the draft; a draft
   * begins with what is live. Citizens get it once the draft is published. May be repeated.
   *
   * @throws UserError `group_not_found` · `target_not_found` · `no_content` · `nothing_to_attach` ·
   *   `draft_changed` when other editors keep saving · `content_too_large`
   */
  async attach({ id, to, by }: AttachRequest): Promise<AttachOutcome> {
    const { group, wordings } = await this.show(id);
    const questions = wordings.map(({ text }) => dropPlaceholders(text)).filter(isQuestion);
    if (questions.length === 0) throw nothingToAttach(id);
    const saved = await this.#addToDraft(group.accountId, to, questions, by);
    return {
      ...saved,
      group: await this.#setState(id, { state: 'attached', decision: this.#decide(by, to) }),
    };
  }

  /** @throws UserError `group_not_found` */
  ignore(id: string, by: string): Promise<UnansweredGroup> {
    return this.#setState(id, { state: 'ignored', decision: this.#decide(by) });
  }

  /** What was added to the draft stays there. @throws UserError `group_not_found` */
  reopen(id: string): Promise<UnansweredGroup> {
    return this.#setState(id, { state: 'open' });
  }

  /** Adding questions goes well with whatever another editor has done meanwhile, so it is simply done again. */
  async #addToDraft(
    accountId: string,
    to: Target,
    questions: readonly string[],
    by: string,
  ): Promise<Omit<AttachOutcome, 'group'>> {
    for (let attempt = 1; ; attempt += 1) {
      const { content: before, revision } = await this.#findEditable(accountId);
      if (!holdsTarget(before, to)) throw targetNotFound(buttonKey(to));
      const { content, ruleId, added } = addQuestions(before, to, questions);
      if (added.length === 0) return { ruleId, added, revision };
      try {
        const saved = { accountId, content, by, baseRevision: revision };
        return { ruleId, added, revision: await this.#parts.contents.saveDraft(saved) };
      } catch (error) {
        const isRace = error instanceof UserError && error.code === 'draft_changed';
        if (!isRace || attempt === mostTries) throw error;
      }
    }
  }

  async #findEditable(accountId: string): Promise<{ content: Content; revision: number }> {
    const { contents } = this.#parts;
    const draft = await contents.findDraft(accountId);
    if (draft) return draft;
    const content = await contents.findLiveContent(accountId);
    if (!content) throw noContent(accountId);
    return { content, revision: 0 };
  }

  async #find(id: string): Promise<UnansweredGroup> {
    const group = await this.#parts.store.find(id);
    if (!group) throw groupNotFound(id);
    return group;
  }

  async #setState(id: string, change: StateChange): Promise<UnansweredGroup> {
    const group = await this.#parts.store.setState(id, change);
    if (!group) throw groupNotFound(id);
    return group;
  }

  #decide(by: string, to?: Target) {
    return { by, at: new Date(this.#parts.clock.now()), ...(to && { to }) };
  }
}

function isQuestion(text: string): boolean {
  return text.length > 1 && text.length <= longestQuestion;
}
