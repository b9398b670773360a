import type { NewAnswerInput } from '../../../api-types/insights.js';

/** What is typed of a new answer. */
export interface AnswerDraft {
  title: string;
  text: string;
  /** It gets a place in the menu, too. */
  hasNode: boolean;
  /** Id of the node above; empty: the first level. */
  parent: string;
  nodeTitle: string;
}

const longestTitle = 40;
const longestNodeTitle = 20;

/** Begins with the question itself as the title. */
export function beginAnswer(question: string): AnswerDraft {
  const title = cut(question, longestTitle);
  return { title, text: '', hasNode: false, parent: '', nodeTitle: cut(question, longestNodeTitle) };
}

export function isTouched(draft: AnswerDraft, question: string): boolean {
  return JSON.stringify(draft) !== JSON.stringify(beginAnswer(question));
}

/** As the staff API takes it. */
export function toNewAnswer({ title, text, hasNode, parent, nodeTitle }: AnswerDraft): NewAnswerInput {
  const answer = { title, text };
  return hasNode ? { ...answer, node: { parent: parent === '' ? null : parent, title: nodeTitle } } : answer;
}

function cut(text: string, characters: number): string {
  return Array.from(text).slice(0, characters).join('');
}
