import { z } from 'zod';
import { done, platformId } from './endpoint.js';
import { templateFields } from './template-content.js';

/** A subscription notification. The platform does not recognise a repeat. */
export const subscriptionSend = {
  name: 'subscription_send',
  method: 'POST',
  path: '/cgi-bin/message/subscribe/bizsend',
  repeatable: false,
  answer: done.extend({ msgid: platformId.optional() }),
} as const;

const clientMsgIdUsed = 45065;

/**
 * Repeatable by its `clientmsgid`: for one that was used within a day the platform sends nothing and answers 45065
 * with the first message's id.
 */
export const massSend = {
  name: 'mass_send',
  method: 'POST',
  path: '/cgi-bin/message/mass/send',
  repeatable: true,
  answer: z.looseObject({ errcode: z.literal([0, clientMsgIdUsed]), msg_id: platformId }),
  answeringCodes: [clientMsgIdUsed],
} as const;

export const massGet = {
  name: 'mass_get',
  method: 'POST',
  path: '/cgi-bin/message/mass/get',
  repeatable: true,
  answer: z.looseObject({ msg_status: z.enum(['SEND_SUCCESS', 'SENDING', 'SEND_FAIL', 'DELETE']) }),
} as const;

export const templateList = {
  name: 'template_list',
  method: 'GET',
  path: '/cgi-bin/template/get_all_private_template',
  repeatable: true,
  answer: z.looseObject({
    template_list: z.array(
      z
        .looseObject({
          template_id: z.string().min(1),
          title: z.string(),
          content: z.string(),
          example: z.string().default(''),
        })
        .transform(({ template_id: id, title, content, example }) => ({
          id,
          title,
          fields: templateFields(content),
          example,
        })),
    ),
  }),
} as const;

const longTerm = 3;

export const subscriptionTemplateList = {
  name: 'subscription_template_list',
  method: 'GET',
  path: '/wxaapi/newtmpl/gettemplate',
  repeatable: true,
  answer: done.extend({
    data: z.array(
      z
        .looseObject({
          priTmplId: z.string().min(1),
          title: z.string(),
          content: z.string(),
          example: z.string().default(''),
          type: z.int(),
        })
        .transform(({ priTmplId: id, title, content, example, type }) => ({
          id,
          title,
          fields: templateFields(content),
          example,
          isLongTerm: type === longTerm,
        })),
    ),
  }),
} as const;

export const quotaGet = {
  name: 'quota_get',
  method: 'POST',
  path: '/cgi-bin/openapi/quota/get',
  repeatable: true,
  answer: z.looseObject({
    quota: z.looseObject({ daily_limit: z.int(), used: z.int(), remain: z.int() }),
  }),
} as const;

export const mediaUpload = {
  name: 'media_upload',
  method: 'POST',
  path: '/cgi-bin/media/upload',
  repeatable: true,
  answer: z.looseObject({ media_id: z.string().min(1) }),
} as const;
