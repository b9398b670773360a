import { accountPathSchema } from '../../api-types/account-path.js';
import {
  attachedSchema,
  attachSchema,
  dismissalSchema,
  groupPathSchema,
  reopeningSchema,
  unansweredDetailSchema,
  unansweredGroupSchema,
  unansweredPageSchema,
  unansweredQuerySchema,
} from '../../api-types/insights.js';
import type { Target } from '../../dialog/content-model.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { UnansweredGroup } from './unanswered.js';
import type { UnansweredService } from './unanswered-service.js';

/** A target's title in the live release; null where it holds no such thing. */
export type NameTarget = (accountId: string, target: Target) => string | null;

const toSee = { permission: 'insights.view', account: 'path' } as const;
const toDecide = { permission: 'unanswered.decide', account: 'path', params: groupPathSchema } as const;
const base = '/accounts/:accountId/unanswered';

export function unansweredRoutes(unanswered: UnansweredService, nameTarget: NameTarget): Route[] {
  return [...viewRoutes(unanswered, nameTarget), ...decisionRoutes(unanswered, nameTarget)];
}

function viewRoutes(unanswered: UnansweredService, nameTarget: NameTarget): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: base,
      summary: 'Groups of questions that got no certain answer',
      params: accountPathSchema,
      query: unansweredQuerySchema,
      response: unansweredPageSchema,
      async handler({ params: { accountId }, query: { state, text, limit, order, after } }) {
        const filter = { accountId, state, ...(text !== undefined && { text }) };
        const page = { limit: limit + 1, order, ...(after !== undefined && { after }) };
        const found = await unanswered.list(filter, page);
        const groups = found.slice(0, limit);
        return {
          groups: groups.map((group) => present(group, nameTarget)),
          open: await unanswered.countOpen(accountId),
          next: found.length > limit ? (groups.at(-1)?.id ?? null) : null,
        };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/:id`,
      summary: 'One group with its wordings',
      params: groupPathSchema,
      response: unansweredDetailSchema,
      async handler({ params: { accountId, id } }) {
        const { group, wordings } = await unanswered.show(id, accountId);
        return {
          group: present(group, nameTarget),
          wordings: wordings.map(({ lastSeenAt, ...wording }) => ({
            ...wording,
            lastSeenAt: lastSeenAt.toISOString(),
          })),
        };
      },
    }),
  ];
}

function decisionRoutes(unanswered: UnansweredService, nameTarget: NameTarget): Route[] {
  return [
    defineRoute({
      ...toDecide,
      method: 'post',
      path: `${base}/:id/attach`,
      summary: 'Leads the questions of a group to an answer of the draft, an existing or a new one',
      body: attachSchema,
      response: attachedSchema,
      async handler({ params, body: { baseVersion, ...body }, actor }) {
        const to = body.to ?? body.answer;
        if (!to) throw new TypeError('the schema let pass a body that leads nowhere');
        const { group, revision } = await unanswered.attach({ ...params, baseVersion, to, actor });
        return { group: present(group, nameTarget), revision };
      },
    }),
    defineRoute({
      ...toDecide,
      method: 'post',
      path: `${base}/:id/dismiss`,
      summary: 'Puts a group away that needs no answer',
      body: dismissalSchema,
      response: unansweredGroupSchema,
      handler: async ({ params, body, actor }) =>
        present(await unanswered.dismiss({ ...params, ...body, actor }), nameTarget),
    }),
    defineRoute({
      ...toDecide,
      method: 'post',
      path: `${base}/:id/reopen`,
      summary: 'Undoes what was decided; questions that were added to the draft are taken out again',
      body: reopeningSchema,
      response: unansweredGroupSchema,
      handler: async ({ params, body, actor }) =>
        present(await unanswered.reopen({ ...params, ...body, actor }), nameTarget),
    }),
  ];
}

function present(group: UnansweredGroup, nameTarget: NameTarget) {
  const { accountId, firstSeenAt, lastSeenAt, nearest, decision, ...rest } = group;
  return {
    ...rest,
    firstSeenAt: firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    nearest: nearest.flatMap((target) => {
      const title = nameTarget(accountId, target);
      return title === null ? [] : [{ target, title }];
    }),
    decision: decision
      ? {
          ...decision,
          at: decision.at.toISOString(),
          attached: decision.attached ?? null,
          reason: decision.reason ?? null,
        }
      : null,
  };
}
