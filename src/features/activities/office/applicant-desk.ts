import type { Actor } from '../../../core/actor.js';
import type { Clock } from '../../../core/clock.js';
import { UserError } from '../../../core/errors.js';
import { maskPersonalNumbers } from '../../../core/mask-personal.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import { readTicketCode } from '../../tickets/ticket-code.js';
import { maskPerson, type Person } from '../../persons/person.js';
import type { Activity } from '../activity.js';
import type { RegistrationOffice } from '../registration-desk.js';
import type { RegistrationCursor, RegistrationStore } from '../registration-store.js';
import type { Registration, RegistrationState } from '../registration.js';
import type { Applicants } from '../registrations/applicants.js';
import { readReason, refuse } from '../registrations/refusals.js';
import { isLapsedOffer } from '../registrations/registration-transitions.js';
import type { ActivityEditor, ActivityRef } from './activity-editor.js';
import { recordActivity } from './record-activity.js';

/** Tickets by what is printed on them. */
export interface TicketCodes {
  /** Null: there is no such code. */
  findByCode(accountId: string, code: string): Promise<{ registrationId: string } | null>;
}

export interface ApplicantDeskParts {
  editor: Pick<ActivityEditor, 'find'>;
  registrations: Pick<RegistrationStore, 'find' | 'findByLot' | 'list'>;
  office: RegistrationOffice;
  applicants: Pick<Applicants, 'open'>;
  tickets: TicketCodes;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
}

/** An answer under the label that its question has now. */
export interface LabelledAnswer {
  key: string;
  label: string;
  answer: string;
}

export interface ApplicantWords {
  /** Null: the key is lost. */
  person: Person | null;
  answers: LabelledAnswer[];
}

/** A registration as it stands now, with who it is and what they answered. */
export interface ApplicantRecord extends ApplicantWords {
  registration: Registration;
}

export interface ApplicantSelection extends ActivityRef {
  groupId?: string;
  state?: RegistrationState;
}

export interface ApplicantOrder extends ActivityRef {
  registrationId: string;
  reason: string;
}

export type DecisionOutcome =
  | { outcome: 'done'; registrationId: string; state: RegistrationState }
  | { outcome: 'refused'; registrationId: string; code: string; message: string };

/** Registrations that are read at once for a spreadsheet. */
const batchSize = 500;

/** Who registered for an activity, and what staff do about them. */
export class ApplicantDesk {
  readonly #parts: ApplicantDeskParts;

  constructor(parts: ApplicantDeskParts) {
    this.#parts = parts;
  }

  /** Who registered first comes first; masked. @param after go on after this one. @throws UserError `no_such_activity` */
  async list(
    selection: ApplicantSelection,
    limit: number,
    after?: RegistrationCursor,
  ): Promise<ApplicantRecord[]> {
    const { editor, registrations } = this.#parts;
    const activity = await editor.find(selection);
    const found = await registrations.list(narrow(selection), limit, after);
    return found.map((registration) => this.#mask(registration, activity));
  }

  /** By a ticket's code or a lot, in full; masked. @throws UserError `no_such_activity` */
  async search(ref: ActivityRef, text: string): Promise<ApplicantRecord[]> {
    const { editor, registrations, tickets, transactions } = this.#parts;
    const activity = await editor.find(ref);
    const code = readTicketCode(text);
    const ticket = code === null ? null : await tickets.findByCode(ref.accountId, code);
    const found = ticket
      ? await registrations.find(ref.accountId, ticket.registrationId)
      : await transactions.run((tx) => registrations.findByLot(tx, ref, text.toLowerCase()));
    return found?.activityId === ref.activityId ? [this.#mask(found, activity)] : [];
  }

  /** In full, once it is on record who looked and why. @throws UserError `no_such_registration` · `reason_missing` */
  async disclose({ reason, ...order }: ApplicantOrder, actor: Actor): Promise<ApplicantWords> {
    const { editor, transactions, audit } = this.#parts;
    const because = maskPersonalNumbers(readReason(reason));
    const activity = await editor.find(order);
    const found = await transactions.run(async (tx) => {
      const registration = await this.#find(order, tx);
      await audit.append(tx, {
        ...actor,
        accountId: order.accountId,
        action: 'registration.disclose',
        object: { kind: 'registration', id: order.registrationId },
        changes: [],
        reason: because,
      });
      return registration;
    });
    return this.#open(found, activity);
  }

  /** Each by itself: one that is refused stops no other. */
  approve(ref: ActivityRef, registrationIds: readonly string[], actor: Actor): Promise<DecisionOutcome[]> {
    const { office } = this.#parts;
    return this.#decideEach(ref, registrationIds, (order) => office.approve(order, actor));
  }

  /** Each by itself. @param reason for the citizens. */
  turnDown(
    ref: ActivityRef,
    registrationIds: readonly string[],
    reason: string,
    actor: Actor,
  ): Promise<DecisionOutcome[]> {
    const { office } = this.#parts;
    return this.#decideEach(ref, registrationIds, (order) => office.turnDown({ ...order, reason }, actor));
  }

  /** @throws UserError `no_such_registration` · `not_changeable` · `reason_missing` */
  async cancel({ reason, ...order }: ApplicantOrder, actor: Actor): Promise<ApplicantRecord> {
    const { editor, office } = this.#parts;
    const activity = await editor.find(order);
    const { accountId, registrationId } = await this.#find(order);
    return this.#mask(await office.cancelForCitizen({ accountId, registrationId, reason }, actor), activity);
  }

  /**
   * Everybody in full, once it is on record who took them along and why; they are read while they are handed on.
   * @throws UserError `no_such_activity` · `reason_missing`
   */
  async export(
    { reason, ...selection }: ApplicantSelection & { reason: string },
    actor: Actor,
  ): Promise<{ activity: Activity; records: AsyncIterable<ApplicantRecord> }> {
    const { editor, transactions, audit } = this.#parts;
    const because = maskPersonalNumbers(readReason(reason));
    const { groupId, state } = selection;
    const activity = await transactions.run(async (tx) => {
      const found = await editor.find(selection, tx);
      await recordActivity(audit, tx, selection, {
        actor,
        action: 'activity.export',
        changes: Object.entries({ groupId, state })
          .filter(([, after]) => after !== undefined)
          .map(([path, after]) => ({ path, after })),
        reason: because,
      });
      return found;
    });
    return { activity, records: this.#readAll(selection, activity) };
  }

  async *#readAll(selection: ApplicantSelection, activity: Activity): AsyncGenerator<ApplicantRecord> {
    const { registrations } = this.#parts;
    let after: RegistrationCursor | undefined;
    do {
      const batch = await registrations.list(narrow(selection), batchSize, after);
      for (const registration of batch) {
        yield { registration: this.#asOfNow(registration), ...this.#open(registration, activity) };
      }
      after = batch.length === batchSize ? batch.at(-1) : undefined;
    } while (after);
  }

  async #decideEach(
    ref: ActivityRef,
    registrationIds: readonly string[],
    decide: (order: { accountId: string; registrationId: string }) => Promise<Registration>,
  ): Promise<DecisionOutcome[]> {
    await this.#parts.editor.find(ref);
    const outcomes: DecisionOutcome[] = [];
    for (const registrationId of new Set(registrationIds)) {
      try {
        const { accountId } = await this.#find({ ...ref, registrationId });
        const { state } = await decide({ accountId, registrationId });
        outcomes.push({ outcome: 'done', registrationId, state });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        const { code, message } = error;
        outcomes.push({ outcome: 'refused', registrationId, code, message });
      }
    }
    return outcomes;
  }

  async #find(
    { accountId, activityId, registrationId }: Omit<ApplicantOrder, 'reason'>,
    tx?: Transaction,
  ): Promise<Registration> {
    const found = await this.#parts.registrations.find(accountId, registrationId, tx);
    if (found?.activityId !== activityId) throw refuse('no_such_registration');
    return found;
  }

  #mask(registration: Registration, activity: Activity): ApplicantRecord {
    const { person, answers } = this.#open(registration, activity);
    return {
      registration: this.#asOfNow(registration),
      person: person && maskPerson(person),
      answers: answers.map((one) => ({ ...one, answer: maskPersonalNumbers(one.answer) })),
    };
  }

  #open(registration: Registration, { questions }: Activity): ApplicantWords {
    const applicant = this.#parts.applicants.open(registration);
    if (!applicant) return { person: null, answers: [] };
    const { answers, ...person } = applicant;
    const labelled = Object.entries(answers).map(([key, answer]) => ({
      key,
      label: questions.find((question) => question.key === key)?.label ?? key,
      answer: String(answer),
    }));
    return { person, answers: labelled };
  }

  #asOfNow(registration: Registration): Registration {
    return isLapsedOffer(registration, this.#parts.clock.now())
      ? { ...registration, state: 'lapsed' }
      : registration;
  }
}

function narrow({ accountId, activityId, groupId, state }: ApplicantSelection) {
  return {
    accountId,
    activityId,
    ...(groupId !== undefined && { groupId }),
    ...(state && { states: [state] }),
  };
}
