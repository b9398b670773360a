import type { Applicant, DecisionOutcome } from '../../../../api-types/applicants.js';

export interface RefusedDecision {
  registrationId: string;
  /** Masked. */
  name: string;
  message: string;
}

export interface OutcomeSum {
  done: number;
  refused: RefusedDecision[];
}

/** What became of a decision about several at once. @param asked those about whom it was made. */
export function sumUpOutcomes(outcomes: readonly DecisionOutcome[], asked: readonly Applicant[]): OutcomeSum {
  const nameOf = (registrationId: string) =>
    asked.find((one) => one.registrationId === registrationId)?.person?.name ?? '（读不出姓名）';
  return {
    done: outcomes.filter(({ outcome }) => outcome === 'done').length,
    refused: outcomes.flatMap((one) =>
      one.outcome === 'refused'
        ? [{ registrationId: one.registrationId, name: nameOf(one.registrationId), message: one.message }]
        : [],
    ),
  };
}
