import type { Decision, Turn, Visit } from '../turn.js';
import { answerContains, answerPattern, answerWhole } from './answer-keyword.js';
import { answerSearch } from './answer-search.js';
import { answerSeveral, offerBeside } from './answer-several.js';
import type { Query } from './query.js';

/** A way of finding out what a text is about. Pure. */
export interface UnderstandingStep {
  readonly name: Decision['step'];
  readonly answer: (visit: Visit, query: Query) => Turn | undefined;
}

/** In order of precedence: the first that answers decides. */
export const understandingSteps: readonly UnderstandingStep[] = [
  { name: 'whole', answer: answerWhole },
  { name: 'several', answer: answerSeveral },
  { name: 'contains', answer: answerContains },
  { name: 'pattern', answer: answerPattern },
  { name: 'search', answer: answerSearch },
];

/** Answers what a citizen wrote, or offers what it may be about; undefined where nobody can tell. */
export function understand(visit: Visit, query: Query): Turn | undefined {
  for (const { answer } of understandingSteps) {
    const turn = answer(visit, query);
    if (turn !== undefined) return offerBeside(visit, query, turn);
  }
  return undefined;
}
