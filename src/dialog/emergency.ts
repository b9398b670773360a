import type { Content } from './content-model.js';
import { indexKeywords, type KeywordIndex } from '../text/keyword-index.js';

export interface EmergencyWords {
  readonly words: KeywordIndex<null>;
  readonly innocent: KeywordIndex<null>;
}

export function compileEmergencyWords({ words, innocent }: Content['emergency']): EmergencyWords {
  const entries = (list: readonly string[]) => list.map((word) => ({ word, value: null }));
  return { words: indexKeywords(entries(words)), innocent: indexKeywords(entries(innocent)) };
}

/**
 * The first emergency word of a folded text that no innocent phrase covers: 如何报警 is a question,
 * 如何报警 … 救命 is not.
 */
export function findEmergencyWord(emergency: EmergencyWords, text: string): string | undefined {
  const hits = emergency.words.findAll(text);
  if (hits.length === 0) return undefined;
  const innocent = emergency.innocent.findAll(text);
  const isCovered = (start: number, end: number) =>
    innocent.some((phrase) => phrase.start <= start && end <= phrase.end);
  return hits.find(({ start, end }) => !isCovered(start, end))?.word;
}
