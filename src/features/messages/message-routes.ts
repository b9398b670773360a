import { accountPathSchema } from '../../api-types/account-path.js';
import {
  disclosureSchema,
  handlingSchema,
  messageListSchema,
  messagePageSchema,
  messagePathSchema,
  messageSchema,
  messagesQuerySchema,
  phoneSearchSchema,
} from '../../api-types/messages.js';
import { UserError } from '../../core/errors.js';
import { understandPhone } from '../../dialog/forms/steps/phone-step.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { MessageView } from './message.js';
import type { MessageService } from './message-service.js';

const toSee = { permission: 'messages.view', account: 'path' } as const;
const base = '/accounts/:accountId/messages';
/** More of one number is no accident; the rest is in the list. */
const mostOfOnePhone = 50;

export function messageRoutes(messages: MessageService): Route[] {
  return [...viewRoutes(messages), ...deedRoutes(messages)];
}

function viewRoutes(messages: MessageService): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: base,
      summary: 'What citizens left for the staff, the latest first, numbers masked',
      params: accountPathSchema,
      query: messagesQuerySchema,
      response: messagePageSchema,
      async handler({ params: { accountId }, query: { kind, state, limit, after } }) {
        const filter = {
          accountId,
          ...(kind !== undefined && { kind }),
          ...(state !== 'all' && { isHandled: state === 'handled' }),
        };
        const page = { limit: limit + 1, ...(after !== undefined && { after }) };
        const found = await messages.list(filter, page);
        const shown = found.slice(0, limit);
        return {
          messages: shown.map(present),
          open: await messages.countOpen(accountId),
          next: found.length > limit ? (shown.at(-1)?.receipt ?? null) : null,
        };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'post',
      path: `${base}/by-phone`,
      summary: 'Messages that a telephone number was left with, the latest first, numbers masked',
      params: accountPathSchema,
      body: phoneSearchSchema,
      response: messageListSchema,
      async handler({ params: { accountId }, body }) {
        const found = await messages.list(
          { accountId, phone: readPhone(body.phone) },
          { limit: mostOfOnePhone },
        );
        return { messages: found.map(present) };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/:receipt`,
      summary: 'One message, numbers masked',
      params: messagePathSchema,
      response: messageSchema,
      handler: async ({ params: { accountId, receipt } }) => present(await messages.show(accountId, receipt)),
    }),
  ];
}

function deedRoutes(messages: MessageService): Route[] {
  return [
    defineRoute({
      permission: 'messages.disclose',
      account: 'path',
      method: 'post',
      path: `${base}/:receipt/disclosure`,
      summary: 'One message in full, for a reason that goes on record',
      params: messagePathSchema,
      body: disclosureSchema,
      response: messageSchema,
      handler: async ({ params, body, actor }) =>
        present(await messages.disclose({ ...params, ...body, actor })),
    }),
    defineRoute({
      permission: 'messages.handle',
      account: 'path',
      method: 'post',
      path: `${base}/:receipt/handle`,
      summary: 'Notes what was done about a message',
      params: messagePathSchema,
      body: handlingSchema,
      response: messageSchema,
      handler: async ({ params, body, actor }) =>
        present(await messages.handle({ ...params, ...body, actor })),
    }),
  ];
}

/** As the form reads it, so that the digest is the same. @throws UserError `bad_phone` */
function readPhone(phone: string): string {
  const understood = understandPhone(phone);
  if ('fault' in understood) throw new UserError('bad_phone', understood.fault);
  return understood.answer;
}

function present({ receipt, kind, words, about, handled, at, expiresAt }: MessageView) {
  return {
    receipt,
    kind,
    words: words && { text: words.text, phone: words.phone ?? null, picture: words.picture ?? null },
    about: about ?? null,
    handled: handled ? { ...handled, at: handled.at.toISOString() } : null,
    at: at.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
