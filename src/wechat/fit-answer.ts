import type { AnswerFitter, CitizenInput, FittedAnswer, Reply } from '../core/messages.js';
import {
  articlesAfterEvent,
  articlesAfterMessage,
  articlesInServiceMessage,
  replyTextBytes,
} from './limits.js';
import { splitText } from './split-text.js';

/** Cuts an answer to what WeChat delivers: one reply in the response, the rest as customer-service messages. */
export class WechatAnswerFitter implements AnswerFitter {
  /** Of the pages that are said again and again: each is cut once. */
  readonly #cut = new WeakMap<Reply, readonly Reply[]>();

  /**
   * Long texts and surplus articles become further messages. Blank texts are dropped: on those the platform tells
   * the citizen that the account is out of order. A transfer exists in a response only, so it goes first, once.
   */
  fit(input: CitizenInput, replies: readonly Reply[]): FittedAnswer {
    const sayable = replies.filter(isSayable);
    if (input.kind === 'unfollow' || input.kind === 'notification') {
      return { now: null, later: sayable.flatMap((reply) => toMessages(reply)) };
    }
    const transfer = replies.find((reply) => reply.kind === 'transfer');
    const [first, ...others] = transfer ? [transfer, ...sayable] : sayable;
    if (!first) return { now: null, later: [] };
    const [now = null, ...surplus] = this.#toMessages(first, articlesInResponse(input));
    return { now, later: [...surplus, ...others.flatMap((reply) => toMessages(reply))] };
  }

  #toMessages(reply: Reply, firstArticles: number): readonly Reply[] {
    if (reply.kind !== 'text' || !Object.isFrozen(reply)) return toMessages(reply, firstArticles);
    let cut = this.#cut.get(reply);
    if (cut === undefined) {
      cut = toMessages(reply).map((part) => Object.freeze(part));
      this.#cut.set(reply, cut);
    }
    return cut;
  }
}

function isSayable(reply: Reply): boolean {
  if (reply.kind === 'articles') return reply.articles.length > 0;
  return reply.kind === 'text' ? reply.text.trim() !== '' : reply.kind !== 'transfer';
}

function articlesInResponse(input: CitizenInput): number {
  const isEvent = input.kind === 'click' || input.kind === 'scan' || input.kind === 'follow';
  return isEvent ? articlesAfterEvent : articlesAfterMessage;
}

/** One reply as messages, the first of which may hold `firstArticles`; what follows are customer-service messages. */
function toMessages(reply: Reply, firstArticles = articlesInServiceMessage): Reply[] {
  if (reply.kind === 'text') {
    return splitText(reply.text, replyTextBytes).map((text) => ({ kind: 'text', text }));
  }
  if (reply.kind !== 'articles' || reply.articles.length <= firstArticles) return [reply];
  const surplus = reply.articles.slice(firstArticles);
  return [
    { kind: 'articles', articles: reply.articles.slice(0, firstArticles) },
    ...surplus.map((article): Reply => ({ kind: 'articles', articles: [article] })),
  ];
}
