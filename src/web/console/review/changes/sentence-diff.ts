import { diffArrays } from 'diff';

/** A stretch of a sentence: in both texts, only in the old one, or only in the new one. */
export interface Piece {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Chinese words and not characters: half a changed word is hard to read. */
const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });
/** Below this share of common text the two are shown one after the other: a patchwork would be unreadable. */
const leastAlike = 0.4;
/** In milliseconds; two long texts that have nothing in common take longest. */
const patienceMs = 200;

/** What became of a sentence, word by word. */
export function diffSentence(before: string, after: string): Piece[] {
  const parts = diffArrays(wordsOf(before), wordsOf(after), { timeout: patienceMs });
  const pieces = parts?.map(({ added, removed, value }): Piece => {
    const kind = added ? 'added' : removed ? 'removed' : 'same';
    return { kind, text: value.join('') };
  });
  return pieces && areAlike(pieces, before, after) ? pieces : replaceWhole(before, after);
}

function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function areAlike(pieces: readonly Piece[], before: string, after: string): boolean {
  const common = pieces.reduce((sum, { kind, text }) => sum + (kind === 'same' ? text.length : 0), 0);
  return common >= leastAlike * Math.min(before.length, after.length);
}

function replaceWhole(before: string, after: string): Piece[] {
  const pieces: Piece[] = [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
  return pieces.filter(({ text }) => text !== '');
}
