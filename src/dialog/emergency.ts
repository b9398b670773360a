import { indexKeywords, type KeywordIndex } from '../text/keyword-index.js';
import type { Content } from './content-model.js';

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
  // Both are in the order of where they begin, so one pass suffices, however long the text.
  let next = 0;
  let coveredTo = 0;
  for (const { word, start, end } of hits) {
    for (let phrase = innocent[next]; phrase && phrase.start <= start; phrase = innocent[next]) {
      coveredTo = Math.max(coveredTo, phrase.end);
      next += 1;
    }
    if (end > coveredTo) return word;
  }
  return undefined;
}
