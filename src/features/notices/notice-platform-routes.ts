import { accountPathSchema } from '../../api-types/account-path.js';
import { quotaBoardSchema, templateListSchema } from '../../api-types/notices.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import { platformUnanswered } from './desk/desk-errors.js';
import type { TemplateReader } from './desk/plan-survey.js';
import type { QuotaBoard } from './desk/quota-board.js';
import { sayReason } from './reason-sentences.js';
import { ruleOf } from './template-fields.js';

const toSee = { permission: 'notices.view', account: 'path', params: accountPathSchema } as const;

/** What the account has at the platform. */
export function noticePlatformRoutes(templates: TemplateReader, board: QuotaBoard): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: '/accounts/:accountId/notice-templates',
      summary: 'The templates of the account, with what each field takes',
      response: templateListSchema,
      async handler({ params: { accountId } }) {
        const [own, subscription] = await Promise.all([
          templates.list(accountId, 'template'),
          templates.list(accountId, 'subscription'),
        ]);
        if (!own || !subscription) throw platformUnanswered();
        const shown = { template: own, subscription };
        return {
          templates: (['template', 'subscription'] as const).flatMap((kind) =>
            shown[kind].map(({ id, title, fields, example }) => ({
              id,
              kind,
              title,
              example,
              fields: fields.map((field) => ({ ...field, rule: ruleOf(field.keyword) })),
            })),
          ),
        };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: '/accounts/:accountId/notice-quotas',
      summary: 'What the account may still send, and what the platform refused in the last seven days',
      response: quotaBoardSchema,
      async handler({ params: { accountId } }) {
        const { quotas, mass, errors, quietHours } = await board.read(accountId);
        return {
          mass,
          quietHours,
          quotas: quotas.map(({ failure, ...quota }) => ({
            ...quota,
            failure: failure === null ? null : sayReason(failure),
          })),
          errors: errors.map(({ accountId: _accountId, ...error }) => ({
            ...error,
            sentence: sayReason(error.reason),
          })),
        };
      },
    }),
  ];
}
