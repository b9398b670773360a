import { accountPathSchema } from '../../api-types/account-path.js';
import {
  hitsQuerySchema,
  hitsSchema,
  phoneAnswerSchema,
  phoneMessageSchema,
} from '../../api-types/content-phone.js';
import { buttonMenuStateSchema } from '../../api-types/content-review.js';
import { UserError } from '../../core/errors.js';
import { dialogStateSchema, type DialogState } from '../../dialog/dialog-state.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { ButtonMenus } from './button-menus.js';
import type { DraftPhone } from './phone/draft-phone.js';

const toSee = { permission: 'content.view', account: 'path', params: accountPathSchema } as const;

/** The draft tried on a phone. Nothing is stored, so whoever sees the draft may try it. */
export function phoneRoutes(draftPhone: DraftPhone): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'post',
      path: '/accounts/:accountId/draft/phone',
      summary: 'What the draft answers to a message, where that leads, and which step decided',
      body: phoneMessageSchema,
      response: phoneAnswerSchema,
      handler: ({ params: { accountId }, body: { input, state, now } }) =>
        draftPhone.answer(accountId, {
          input,
          ...(state !== undefined && { state: readState(state) }),
          ...(now !== undefined && { now }),
        }),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: '/accounts/:accountId/draft/hits',
      summary: 'What a text would hit in the draft, and why',
      query: hitsQuerySchema,
      response: hitsSchema,
      handler: ({ params: { accountId }, query: { text } }) => draftPhone.findHits(accountId, text),
    }),
  ];
}

/** The bottom menu on the platform. */
export function buttonMenuRoutes(buttonMenus: ButtonMenus): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: '/accounts/:accountId/button-menu',
      summary: 'The bottom menu of the live release beside the one that the platform shows',
      response: buttonMenuStateSchema,
      handler: ({ params: { accountId } }) => buttonMenus.compare(accountId),
    }),
    defineRoute({
      ...toSee,
      permission: 'menu.publish',
      method: 'post',
      path: '/accounts/:accountId/button-menu/publish',
      summary: 'Puts up the bottom menu of the live release and reads it back',
      response: buttonMenuStateSchema,
      handler: ({ params: { accountId }, actor }) => buttonMenus.publish(accountId, actor),
    }),
  ];
}

function readState(state: unknown): DialogState {
  const parsed = dialogStateSchema.safeParse(state);
  if (parsed.success) return parsed.data;
  throw new UserError('invalid_state', '这不是手机上次给出的状态', { status: 422 });
}
