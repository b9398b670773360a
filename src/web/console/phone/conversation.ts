import { z } from 'zod';
import type { PhoneAnswerView, PhoneInput, PhoneReply } from '../../../api-types/content-phone.js';
import type { ChatContent } from '../../../api-types/sandbox.js';

/** One thing done on the phone, and what came of it. */
export interface Exchange {
  id: number;
  input: PhoneInput;
  /** How the chat shows what was done. */
  said: ChatContent;
  /** Milliseconds since the epoch, UTC, by the phone's clock. */
  at: number;
  /** Where the citizen was before. */
  stateBefore: unknown;
  /** The same as an earlier one, from the same place. */
  isRepeat: boolean;
  /** Undefined while it is under way. */
  outcome?: { answer: PhoneAnswerView } | { failure: string };
}

/** A chat of one pretended citizen with the draft. */
export interface Conversation {
  exchanges: readonly Exchange[];
  /** What the last answer gave back; undefined: a citizen who is new here. */
  state: unknown;
  /** By how much the phone's clock is ahead, in milliseconds. */
  aheadMs: number;
}

export const newConversation: Conversation = { exchanges: [], state: undefined, aheadMs: 0 };

const placeSchema = z.object({ frame: z.object({ until: z.number() }) });

/** When the place in the menu is forgotten, in milliseconds since the epoch; undefined: there is none. */
export function placeEnds(state: unknown): number | undefined {
  return placeSchema.safeParse(state).data?.frame.until;
}

/** Puts the phone's clock to when the place is forgotten. @param now the present */
export function letPlaceExpire(conversation: Conversation, now: number): Conversation {
  const until = placeEnds(conversation.state);
  if (until === undefined || until < now + conversation.aheadMs) return conversation;
  return { ...conversation, aheadMs: until - now + 1_000 };
}

/**
 * What the chat shows of something done.
 * @param label what it is called on the phone: a button's name, a node's title.
 */
export function showInput(input: PhoneInput, label = ''): ChatContent {
  switch (input.kind) {
    case 'text':
      return { kind: 'text', text: input.text };
    case 'voice':
      return { kind: 'text', text: `（语音）${input.recognition ?? ''}` };
    case 'click':
      return { kind: 'action', text: `按下“${label || input.key}”` };
    case 'scan':
      return { kind: 'action', text: `扫码“${label || input.scene}”` };
    case 'follow':
      return { kind: 'action', text: '新市民关注了公众号' };
    case 'unfollow':
      return { kind: 'action', text: '取消关注' };
    case 'image':
      return { kind: 'image', mediaId: input.mediaId, url: null };
    case 'location':
      return input;
  }
}

/** What the chat shows of an answer. */
export function showReply(reply: PhoneReply): ChatContent {
  switch (reply.kind) {
    case 'text':
    case 'voice':
    case 'video':
    case 'music':
      return reply;
    case 'image':
      return { ...reply, url: null };
    case 'articles':
      return {
        kind: 'articles',
        articles: reply.articles.map(({ pictureUrl = null, ...article }) => ({ ...article, pictureUrl })),
      };
    case 'transfer':
      return { kind: 'notice', text: `转给人工客服${reply.staffAccount ? `（${reply.staffAccount}）` : ''}` };
  }
}
