import type { Actor } from '../../../core/actor.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import type { KeywordRule, ReplyContent, Target } from '../../../dialog/content-model.js';
import type { Form } from '../../../dialog/forms/form-model.js';
import { foldForKeywords } from '../../../text/keyword-index.js';
import { noNumberLeft, targetNotFound } from '../content-errors.js';
import type { DraftItem, DraftRef, DraftStore } from '../draft-store.js';
import {
  itemKey,
  titleOfItem,
  type ContentItem,
  type ItemKind,
  type ItemRef,
} from '../items/content-item.js';
import { changeItem } from './change-item.js';
import { describeItemChange } from './describe-change.js';
import type { DraftChange, DraftEditor } from './draft-editor.js';
import type { DraftTree } from './draft-tree.js';
import { findFreeId } from './find-free-id.js';
import { highestNumber } from './place-node.js';
import { makeItemId } from './make-item-id.js';
import type { WholeDraftWriter } from './whole-draft-writer.js';

/** A reply that is yet to be written, with or without a place in the menu tree. */
export interface NewAnswer {
  title: string;
  text: string;
  /** The node that gives it: below `parent`, or on the first level; it takes the lowest free number. */
  node?: { parent: string | null; title: string };
}

export interface QuestionsRequest {
  accountId: string;
  actor: Actor;
  to: Target | NewAnswer;
  questions: readonly string[];
}

export interface QuestionsOutcome {
  to: Target;
  /** Of the target, as people know it. */
  title: string;
  /** The rule that leads to the target. */
  ruleId: string;
  /** The questions that it did not know yet. */
  added: string[];
  /** The draft's; the one before when nothing was added. */
  revision: number;
}

export interface DraftQuestionsParts {
  drafts: DraftStore;
  editor: DraftEditor;
  tree: DraftTree;
  wholes: WholeDraftWriter;
  /** The forms that content may lead to. */
  forms: readonly Form[];
}

/**
 * Leads questions of citizens to an answer: one that the draft holds, or a new one. It goes well with whatever other
 * editors do, so nobody says which version they started from.
 */
export class DraftQuestions {
  readonly #parts: DraftQuestionsParts;

  constructor(parts: DraftQuestionsParts) {
    this.#parts = parts;
  }

  /**
   * Before the transaction: begins the draft where there is none.
   * @throws UserError `no_draft` when nothing is live.
   */
  async open(accountId: string): Promise<void> {
    await this.#parts.wholes.open(accountId);
  }

  /**
   * Adds questions to the rule that leads to the target, once each; to a new rule where none does.
   *
   * @throws UserError `target_not_found`; for a new node `parent_not_found`, `node_opens_form`, `tree_too_deep`,
   *   `no_number_left`.
   */
  async add(tx: Transaction, request: QuestionsRequest): Promise<QuestionsOutcome> {
    const { accountId, actor, to, questions } = request;
    let outcome: Omit<QuestionsOutcome, 'revision'> | undefined;
    const { revision } = await this.#parts.editor.changeWithin(
      tx,
      accountId,
      actor,
      async (tx, step, draft) => {
        const { target, title, created } = await this.#findAnswer(tx, draft, to);
        const before = await this.#parts.drafts.findRuleTo(draft, target, tx);
        const rule = ruleIn(before) ?? (await this.#newRule(tx, draft, target));
        const added = findUnknown(questions, rule);
        outcome = { to: target, title, ruleId: rule.id, added };
        if (added.length === 0 && created.length === 0) return null;
        const value = { ...rule, questions: [...rule.questions, ...added] };
        const fresh = created.map((content) => changeItem(content, null, content, step));
        const changed = changeItem(
          { kind: 'rule', id: rule.id },
          before,
          { kind: 'rule', id: rule.id, value },
          step,
        );
        return describeEdit([...fresh, changed], rule.id);
      },
    );
    if (!outcome) throw new TypeError('a change of the draft came to an end without its work');
    return { ...outcome, revision };
  }

  /**
   * Takes questions out of a rule again; a rule that is empty then goes, too. What others have changed stays.
   * @returns the draft's revision.
   */
  async withdraw(
    tx: Transaction,
    { accountId, actor, ruleId, questions }: Omit<QuestionsRequest, 'to'> & { ruleId: string },
  ): Promise<number> {
    const ref = { kind: 'rule', id: ruleId } as const;
    const { revision } = await this.#parts.editor.changeWithin(
      tx,
      accountId,
      actor,
      async (tx, step, draft) => {
        const item = await this.#parts.drafts.find(draft, ref, tx);
        const rule = ruleIn(item);
        if (!rule) return null;
        const kept = rule.questions.filter((question) => !questions.includes(question));
        if (kept.length === rule.questions.length) return null;
        const value = { ...rule, questions: kept };
        const content = isEmpty(value) ? null : ({ ...ref, value } as const);
        return describeEdit([changeItem(ref, item, content, step)], ruleId);
      },
    );
    return revision;
  }

  async #findAnswer(
    tx: Transaction,
    draft: DraftRef,
    to: Target | NewAnswer,
  ): Promise<{ target: Target; title: string; created: ContentItem[] }> {
    if ('text' in to) return this.#newAnswer(tx, draft, to);
    const title = await this.#findTitle(tx, draft, to);
    if (title === undefined) throw targetNotFound(to);
    return { target: to, title, created: [] };
  }

  async #findTitle(tx: Transaction, draft: DraftRef, to: Target): Promise<string | undefined> {
    if ('form' in to) return this.#parts.forms.find(({ id }) => id === to.form)?.title;
    const ref: ItemRef = 'node' in to ? { kind: 'node', id: to.node } : { kind: 'reply', id: to.reply };
    const item = await this.#parts.drafts.find(draft, ref, tx);
    return item?.content ? titleOfItem(item.content) : undefined;
  }

  async #newAnswer(tx: Transaction, draft: DraftRef, { title, text, node }: NewAnswer) {
    const id = await this.#freeId(tx, draft, 'reply', makeItemId(title));
    const reply: ReplyContent = { id, title, type: 'text', text, sources: [] };
    const created: ContentItem[] = [{ kind: 'reply', id, value: reply }];
    if (!node) return { target: { reply: id }, title, created };
    const place = await this.#newNode(tx, draft, node, id);
    return { target: { node: place.id }, title: node.title, created: [...created, place] };
  }

  async #newNode(
    tx: Transaction,
    draft: DraftRef,
    { parent, title }: { parent: string | null; title: string },
    reply: string,
  ) {
    const { drafts, tree } = this.#parts;
    const id = await this.#freeId(tx, draft, 'node', reply);
    const siblings = await drafts.listChildren(draft, [parent], tx);
    const taken = new Set(
      siblings.flatMap(({ content }) => (content?.kind === 'node' ? content.value.number : [])),
    );
    const number = Array.from({ length: highestNumber }, (_, index) => index + 1).find(
      (one) => !taken.has(one),
    );
    if (number === undefined) throw noNumberLeft();
    const value = { id, ...(parent !== null && { parent }), number, title, reply };
    await tree.checkPlace(tx, draft, value, null);
    return { kind: 'node', id, value } as const;
  }

  async #newRule(tx: Transaction, draft: DraftRef, to: Target): Promise<KeywordRule> {
    const id = await this.#freeId(tx, draft, 'rule', idOf(to));
    return { id, whole: [], contains: [], patterns: [], questions: [], priority: 50, to };
  }

  #freeId(tx: Transaction, draft: DraftRef, kind: ItemKind, wanted: string): Promise<string> {
    return findFreeId(this.#parts.drafts, draft, kind, wanted, tx);
  }
}

function idOf(to: Target): string {
  if ('reply' in to) return to.reply;
  return 'node' in to ? to.node : to.form;
}

function ruleIn(item: DraftItem | null): KeywordRule | undefined {
  return item?.content?.kind === 'rule' ? item.content.value : undefined;
}

/** Those that the rule does not know, whatever their width and punctuation; once each. */
function findUnknown(questions: readonly string[], { questions: present }: KeywordRule): string[] {
  const known = new Set(present.map(foldForKeywords));
  return questions.filter((question) => {
    const folded = foldForKeywords(question);
    const isNew = folded !== '' && !known.has(folded);
    known.add(folded);
    return isNew;
  });
}

function isEmpty({ whole, contains, patterns, questions }: KeywordRule): boolean {
  return [whole, contains, patterns, questions].every((words) => words.length === 0);
}

function describeEdit(items: DraftItem[], ruleId: string): DraftChange {
  const changes = items.flatMap((item) =>
    describeItemChange(item.previous ?? null, item.content).map((change) => ({
      ...change,
      path: [itemKey(item), change.path].filter((part) => part !== '').join('.'),
    })),
  );
  return { items, audit: { action: 'draft.add_questions', object: { kind: 'rule', id: ruleId }, changes } };
}
