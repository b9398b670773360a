import { textReply } from './answer.js';
import { phrases } from './phrases.js';
import { askFirst, type Step } from './request.js';
import { stay, type Decision, type Visit } from './turn.js';

/**
 * Answers a normalised text that, as a whole, says whether the last answer helped; the vote goes to `feedback.rate`.
 */
export function answerFeedback(visit: Visit, text: string): Step | undefined {
  const useful = VOTES.get(text);
  if (useful === undefined) return undefined;
  const why: Decision = { step: 'feedback', word: text };
  if (visit.last === null) return stay(visit, [textReply(phrases.nothingToJudge)], why);
  const thanks = useful ? phrases.thanksForUseful : phrases.thanksForUseless;
  const { reply, release, at } = visit.last;
  return askFirst(
    // A vote that is lost costs less than a citizen who waits for it.
    { name: 'feedback.rate', payload: { reply, release, answeredAt: at, useful }, required: false },
    stay(visit, [textReply(thanks)], why),
  );
}

/** Whether a normalised text, as a whole, is such a word: no keyword can be. */
export function isVote(text: string): boolean {
  return VOTES.has(text);
}

const USEFUL = '有用 有用的 很有用 有帮助 很有帮助 帮到了 帮上忙了 解决了 已解决 答对了'.split(' ');
const USELESS = (
  '没用 没有用 无用 不管用 没帮助 没有帮助 没帮到 没解决 没有解决 未解决 ' +
  '不对 不对的 答错了 答得不对 回答不对 答非所问 不是我要的 不是我想问的'
).split(' ');

const VOTES: ReadonlyMap<string, boolean> = new Map([
  ...USEFUL.map((word) => [word, true] as const),
  ...USELESS.map((word) => [word, false] as const),
]);
