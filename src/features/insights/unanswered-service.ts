import type { Actor } from '../../core/actor.js';
import type { Clock } from '../../core/clock.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import { buttonKey } from '../../dialog/button-key.js';
import type { Target } from '../../dialog/content-model.js';
import { normaliseText } from '../../text/normalise.js';
import type { AuditEntry } from '../audit/audit-event.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { DraftQuestions, NewAnswer } from '../content/draft/draft-questions.js';
import { groupChanged, groupNotDecided, groupNotFound, nothingToAttach } from './insights-errors.js';
import { dropPlaceholders } from './personal-placeholders.js';
import type { Attachment, UnansweredGroup, Wording } from './unanswered.js';
import type {
  StateChange,
  UnansweredFilter,
  UnansweredGroupStore,
  UnansweredPage,
} from './unanswered-group-store.js';

export interface UnansweredDetail {
  group: UnansweredGroup;
  /** Most frequent first. */
  wordings: Wording[];
}

/** What somebody does with a group. */
export interface GroupRequest {
  id: string;
  actor: Actor;
  /** Of the group, as the person saw it; absent: however it stands. */
  baseVersion?: number;
  /** The account that the group must belong to; absent: any. */
  accountId?: string;
}

export interface AttachOutcome {
  group: UnansweredGroup;
  attached: Attachment;
  /** The draft's. */
  revision: number;
}

export interface UnansweredServiceParts {
  groups: UnansweredGroupStore;
  questions: Pick<DraftQuestions, 'open' | 'add' | 'withdraw'>;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
}

/** A rule with more questions than this is read by nobody. */
const mostWordings = 20;
/** What the schema of the content allows. */
const longestQuestion = 100;

/** What staff do with the questions that were asked in vain. */
export class UnansweredService {
  readonly #parts: UnansweredServiceParts;

  constructor(parts: UnansweredServiceParts) {
    this.#parts = parts;
  }

  list({ text, ...filter }: UnansweredFilter, page: UnansweredPage): Promise<UnansweredGroup[]> {
    const wanted = { ...filter, ...(text !== undefined && { text: normaliseText(text) }) };
    return this.#parts.groups.list(wanted, page);
  }

  countOpen(accountId: string): Promise<number> {
    return this.#parts.groups.countOpen(accountId);
  }

  /** @throws UserError `group_not_found`, also for a group of another account than the one named */
  async show(id: string, accountId?: string): Promise<UnansweredDetail> {
    const group = await this.#find({ id, ...(accountId !== undefined && { accountId }) });
    return { group, wordings: await this.#parts.groups.listWordings(id, mostWordings) };
  }

  /**
   * Adds the group's wordings, without personal data, to the questions that lead to an answer in the draft, an existing
   * or a new one; a draft begins with what is live. Citizens get it once the draft is published. May be repeated.
   *
   * @throws UserError `group_not_found` · `group_changed` · `nothing_to_attach` · as `DraftQuestions.add`
   */
  async attach(request: GroupRequest & { to: Target | NewAnswer }): Promise<AttachOutcome> {
    const { id, actor, accountId } = request;
    const { group, wordings } = await this.show(id, accountId);
    const asked = wordings.map(({ text }) => dropPlaceholders(text)).filter(isQuestion);
    if (asked.length === 0) throw nothingToAttach(id);
    const { questions, transactions } = this.#parts;
    await questions.open(group.accountId);
    return transactions.run(async (tx) => {
      const before = await this.#findAt(tx, request);
      const edit = { accountId: before.accountId, actor, questions: asked, to: request.to };
      const { revision, ...attached } = await questions.add(tx, edit);
      const decision = { ...this.#decide(actor), attached };
      const change = { state: 'attached', decision } as const;
      const after = await this.#setState(tx, actor, before, change, {
        action: 'unanswered.attach',
        changes: [{ path: 'to', after: buttonKey(attached.to) }],
      });
      return { group: after, attached, revision };
    });
  }

  /** @throws UserError `group_not_found` · `group_changed` */
  dismiss(request: GroupRequest & { reason: string }): Promise<UnansweredGroup> {
    const { actor, reason } = request;
    return this.#parts.transactions.run(async (tx) => {
      const before = await this.#findAt(tx, request);
      const change = { state: 'dismissed', decision: { ...this.#decide(actor), reason } } as const;
      const audit = { action: 'unanswered.dismiss', changes: [], reason };
      return this.#setState(tx, actor, before, change, audit);
    });
  }

  /**
   * Undoes what was decided. The questions that were added to the draft are taken out again; a reply that was written
   * for them stays.
   *
   * @throws UserError `group_not_found` · `group_changed` · `group_not_decided`
   */
  reopen(request: GroupRequest): Promise<UnansweredGroup> {
    const { actor } = request;
    return this.#parts.transactions.run(async (tx) => {
      const before = await this.#findAt(tx, request);
      if (before.state === 'open') throw groupNotDecided(before.id);
      const attached = before.decision?.attached;
      if (attached) {
        const { ruleId, added: questions } = attached;
        const { accountId } = before;
        await this.#parts.questions.withdraw(tx, { accountId, actor, ruleId, questions });
      }
      return this.#setState(
        tx,
        actor,
        before,
        { state: 'open' },
        { action: 'unanswered.reopen', changes: [] },
      );
    });
  }

  /** The group within a transaction, unless somebody else was faster. */
  async #findAt(tx: Transaction, request: GroupRequest): Promise<UnansweredGroup> {
    const group = await this.#find(request, tx);
    const { baseVersion = group.version } = request;
    if (group.version !== baseVersion) throw groupChanged(group);
    return group;
  }

  async #find({ id, accountId }: Pick<GroupRequest, 'id' | 'accountId'>, tx?: Transaction) {
    const group = await this.#parts.groups.find(id, tx);
    if (!group || group.accountId !== (accountId ?? group.accountId)) throw groupNotFound(id);
    return group;
  }

  async #setState(
    tx: Transaction,
    actor: Actor,
    before: UnansweredGroup,
    change: StateChange,
    audit: Pick<AuditEntry, 'action' | 'changes' | 'reason'>,
  ): Promise<UnansweredGroup> {
    const { id, accountId, state } = before;
    const after = await this.#parts.groups.setState(tx, before, change);
    const changes = [{ path: 'state', before: state, after: change.state }, ...audit.changes];
    const object = { kind: 'unanswered', id };
    await this.#parts.audit.append(tx, { ...actor, accountId, object, ...audit, changes });
    return after;
  }

  #decide({ by }: Actor) {
    return { by, at: new Date(this.#parts.clock.now()) };
  }
}

function isQuestion(text: string): boolean {
  return text.length > 1 && text.length <= longestQuestion;
}
