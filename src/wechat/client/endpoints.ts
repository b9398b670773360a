import { z } from 'zod';
import { done, platformId, type Endpoint } from './endpoint.js';
import { followerInfoSchema } from './follower-info.js';
import { storedMenuSchema } from './platform-menu.js';

export const customSend: Endpoint<unknown> = {
  name: 'custom_send',
  method: 'POST',
  path: '/cgi-bin/message/custom/send',
  repeatable: false,
  answer: done,
};

export const customTyping: Endpoint<unknown> = {
  name: 'custom_typing',
  method: 'POST',
  path: '/cgi-bin/message/custom/typing',
  repeatable: true,
  answer: done,
};

/** Repeatable by its `client_msg_id`: the platform sends it once within ten minutes. */
export const templateSend = {
  name: 'template_send',
  method: 'POST',
  path: '/cgi-bin/message/template/send',
  repeatable: true,
  answer: done.extend({ msgid: platformId.optional() }),
} as const;

export const menuCreate: Endpoint<unknown> = {
  name: 'menu_create',
  method: 'POST',
  path: '/cgi-bin/menu/create',
  repeatable: true,
  answer: done,
};

export const menuGet = {
  name: 'menu_get',
  method: 'GET',
  path: '/cgi-bin/menu/get',
  repeatable: true,
  answer: z.looseObject({ menu: storedMenuSchema }),
} as const;

export const menuDelete: Endpoint<unknown> = {
  name: 'menu_delete',
  method: 'GET',
  path: '/cgi-bin/menu/delete',
  repeatable: true,
  answer: done,
};

export const userInfo = {
  name: 'user_info',
  method: 'GET',
  path: '/cgi-bin/user/info',
  repeatable: true,
  answer: followerInfoSchema,
} as const;

/**
 * Answered 200 without an `errcode`. A code is good for one call: whoever asks again when the answer was lost is told
 * that it has been used.
 */
export const oauthAccessToken = {
  name: 'oauth_access_token',
  method: 'GET',
  path: '/sns/oauth2/access_token',
  repeatable: false,
  answer: z.looseObject({
    openid: z.string().min(1),
    /** 1: a snapshot of the page, shown to an invented person. Absent otherwise. */
    is_snapshotuser: z.int().optional(),
  }),
} as const;
