import type { Reply } from '../core/messages.js';

/** A piece of an answer. From `expiresAt` on (milliseconds since the epoch, UTC), `afterwards` is said instead. */
export interface AnswerPart {
  readonly reply: Reply;
  readonly expiresAt: number;
  readonly afterwards: Reply;
}

/** What is said in one go, put together ahead of time; while nothing in it has expired it is handed out as it is. */
export interface Answer {
  readonly replies: readonly Reply[];
  readonly expiresAt: number;
  readonly parts: readonly AnswerPart[];
}

/** Puts parts together; texts that follow one another become one text, however long: the channel splits it. */
export function composeAnswer(parts: readonly AnswerPart[]): Answer {
  return {
    replies: joinTexts(parts.map(({ reply }) => reply)),
    expiresAt: Math.min(...parts.map(({ expiresAt }) => expiresAt)),
    parts,
  };
}

/** The replies of an answer at a time; `now` in milliseconds since the epoch, UTC. */
export function repliesAt(answer: Answer, now: number): readonly Reply[] {
  if (now < answer.expiresAt) return answer.replies;
  return joinTexts(
    answer.parts.map(({ reply, expiresAt, afterwards }) => (now < expiresAt ? reply : afterwards)),
  );
}

/** A part that never expires. */
export function lasting(reply: Reply): AnswerPart {
  return { reply, expiresAt: Infinity, afterwards: reply };
}

/** A part that the program itself says. */
export function lastingText(text: string): AnswerPart {
  return lasting(textReply(text));
}

export function textReply(text: string): Reply {
  return { kind: 'text', text };
}

/** Frozen, since the same objects go to every citizen. */
function joinTexts(replies: readonly Reply[]): readonly Reply[] {
  const joined: Reply[] = [];
  for (const reply of replies) {
    const last = joined.at(-1);
    if (last?.kind === 'text' && reply.kind === 'text') {
      joined[joined.length - 1] = textReply(`${last.text}\n\n${reply.text}`);
    } else {
      joined.push(reply);
    }
  }
  return Object.freeze(joined.map((reply) => Object.freeze(reply)));
}
