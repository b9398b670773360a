import type { Clock } from '../../../core/clock.js';
import { OperationalError } from '../../../core/errors.js';
import type { CitizenInput, Reply } from '../../../core/messages.js';
import { initialState, type DialogState } from '../../../dialog/dialog-state.js';
import type { Form } from '../../../dialog/forms/form-model.js';
import type { Release } from '../../../dialog/release.js';
import { isAsking, type DialogRequest, type Step } from '../../../dialog/request.js';
import { stepDialog } from '../../../dialog/step-dialog.js';
import type { Decision, Turn } from '../../../dialog/turn.js';
import { readQuery } from '../../../dialog/understanding/query.js';
import { rankTargets, type Candidate } from '../../../dialog/understanding/rank-targets.js';
import { understandingSteps } from '../../../dialog/understanding/understand.js';
import { compileGently } from '../compile-gently.js';
import { contentHasFaults, noDraft } from '../content-errors.js';
import { contentsOf, readDraft } from '../draft/draft-reader.js';
import type { DraftStore } from '../draft-store.js';
import { itemsToContent } from '../items/content-items.js';
import { freezeContent } from '../items/frozen-content.js';
import type { ContentWork } from '../work/content-work.js';
import { Rehearsal } from './rehearsal.js';

export interface DraftPhoneParts {
  drafts: DraftStore;
  work: ContentWork;
  clock: Clock;
  forms: readonly Form[];
}

/** One message to the draft, and where the citizen was before; absent: somebody new. */
export interface PhoneMessage {
  state?: DialogState;
  input: CitizenInput;
  /** Milliseconds since the epoch, UTC; the present if absent. */
  now?: number;
}

export interface PhoneAnswer {
  /** Of the draft that answered. */
  revision: number;
  replies: readonly Reply[];
  state: DialogState;
  /** Which step decided, and by what. */
  decision: Decision;
  /** What a service would have been asked; nothing of it was carried out. */
  requests: DialogRequest[];
}

/** What a text would hit, and why. */
export interface Hits {
  revision: number;
  /** What decides, for somebody new. */
  decision: Decision;
  /** Each way of understanding that has an answer, in order of precedence; only the first is heard. */
  steps: { name: Decision['step']; decision: Decision }[];
  /** What the search finds nearest, best first. */
  candidates: readonly Candidate[];
}

const mostCandidates = 5;
/** As many as the runner of real conversations allows. */
const mostRequests = 20;

/** The draft on a phone: the real dialog engine, with no citizen behind it and nothing stored. */
export class DraftPhone {
  readonly #parts: DraftPhoneParts;
  readonly #rehearsal: Rehearsal;
  /** The draft as compiled last, by account. */
  readonly #compiled = new Map<string, { revision: number; release: Promise<Release> }>();

  constructor(parts: DraftPhoneParts) {
    this.#parts = parts;
    this.#rehearsal = new Rehearsal(parts.forms);
  }

  /** @throws UserError `no_draft`, `draft_busy`; `content_has_faults` where the draft cannot answer. */
  async answer(accountId: string, { state = initialState, input, now }: PhoneMessage): Promise<PhoneAnswer> {
    const { revision, release } = await this.#compile(accountId);
    const step = stepDialog(release, state, input, now ?? this.#parts.clock.now());
    const { turn, requests } = this.#rehearse(step);
    const { replies, state: after, decision } = turn;
    return { revision, replies, state: after, decision, requests };
  }

  /** @throws as `answer` */
  async findHits(accountId: string, text: string): Promise<Hits> {
    const { revision, release } = await this.#compile(accountId);
    const now = this.#parts.clock.now();
    const { turn } = this.#rehearse(stepDialog(release, initialState, { kind: 'text', text }, now));
    const visit = { release, frame: null, form: null, drafts: [], last: null, doubt: null, now };
    const steps = understandingSteps.flatMap(({ name, answer }) => {
      const found = answer(visit, readQuery(text));
      return found ? [{ name, decision: found.decision }] : [];
    });
    const { candidates } = rankTargets(release.search, text);
    return { revision, decision: turn.decision, steps, candidates: candidates.slice(0, mostCandidates) };
  }

  /** Goes on as if every service had done what it was asked. */
  #rehearse(first: Step): { turn: Turn; requests: DialogRequest[] } {
    const requests: DialogRequest[] = [];
    let step = first;
    while (isAsking(step)) {
      if (requests.length >= mostRequests)
        throw new OperationalError('dialog_asks_for_ever', `stuck at ${step.request.name}`);
      requests.push(step.request);
      step = step.resume({ kind: 'done', facts: this.#rehearsal.answer(step.request) });
    }
    return { turn: step, requests };
  }

  async #compile(accountId: string): Promise<{ revision: number; release: Release }> {
    const head = await this.#parts.drafts.findHead(accountId);
    if (!head) throw noDraft(accountId);
    const cached = this.#compiled.get(accountId);
    if (cached?.revision === head.revision) return { revision: head.revision, release: await cached.release };
    const fresh = { revision: head.revision, release: this.#compileDraft(accountId) };
    this.#compiled.set(accountId, fresh);
    try {
      return { revision: fresh.revision, release: await fresh.release };
    } catch (error) {
      if (this.#compiled.get(accountId) === fresh) this.#compiled.delete(accountId);
      throw error;
    }
  }

  async #compileDraft(accountId: string): Promise<Release> {
    const { drafts, clock, forms, work } = this.#parts;
    const whole = await readDraft(drafts, accountId);
    if (!whole) throw noDraft(accountId);
    const content = itemsToContent(contentsOf(whole.items));
    try {
      return await compileGently({ accountId, number: 0, hash: 'draft', content, forms });
    } catch (error) {
      if (!(error instanceof OperationalError) || error.code !== 'release_broken') throw error;
      throw contentHasFaults(await work.lint(await freezeContent(content), clock.now()));
    }
  }
}
