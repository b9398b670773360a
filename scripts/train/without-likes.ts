import type { Content } from '../../src/dialog/content-model.js';

/** So large a share of the neighbouring characters of two texts, the same in both, makes them one question. */
const ALIKE = 0.5;

/**
 * Content without the questions that nearly are one of the messages. Where content was mended after a set of messages
 * was read, it knows them; what it learned from them it would believe of all that it has never seen.
 */
export function withoutLikes(content: Content, messages: readonly string[]): Content {
  const known = messages.map(pairsOf);
  const isLike = (question: string) => {
    const pairs = pairsOf(question);
    return known.some((other) => likeness(pairs, other) >= ALIKE);
  };
  return {
    ...content,
    outside: content.outside.filter((question) => !isLike(question)),
    rules: content.rules.map((rule) => ({
      ...rule,
      questions: rule.questions.filter((question) => !isLike(question)),
    })),
  };
}

function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>();
  for (let at = 0; at < text.length - 1; at += 1) pairs.add(text.slice(at, at + 2));
  return pairs;
}

/** Dice: 1 for the same pairs, 0 for none in common. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const pair of one) if (other.has(pair)) common += 1;
  return (2 * common) / Math.max(1, one.size + other.size);
}
