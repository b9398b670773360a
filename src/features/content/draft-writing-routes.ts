import { accountPathSchema } from '../../api-types/account-path.js';
import {
  findingsSchema,
  formListSchema,
  foundNodesSchema,
  newIdQuerySchema,
  newIdSchema,
  previewSchema,
  replyPreviewSchema,
  searchQuerySchema,
  titlesQuerySchema,
  titlesSchema,
  tryItemSchema,
  usesQuerySchema,
  usesSchema,
} from '../../api-types/content.js';
import type { AnswerFitter } from '../../core/messages.js';
import type { Target } from '../../dialog/content-model.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { ContentServices } from './content-services.js';
import { presentFoundNode } from './content-views.js';
import { previewReply } from './draft/preview-reply.js';

const toSee = { permission: 'content.view', account: 'path', params: accountPathSchema } as const;
const base = '/accounts/:accountId/draft';
const itemLimitBytes = 1_000_000;

/** What an editor wants to know while writing. Nothing is stored. */
export function writingRoutes({
  draftLookup,
  draftChecks,
  fitter,
}: Pick<ContentServices, 'draftLookup' | 'draftChecks'> & { fitter: AnswerFitter }): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/nodes/search`,
      summary: 'Nodes by their numbers (1-3-2), their title, or a word of a rule that leads there',
      query: searchQuerySchema,
      response: foundNodesSchema,
      handler: async ({ params: { accountId }, query: { text } }) => ({
        nodes: (await draftLookup.findNodes(accountId, text)).map(presentFoundNode),
      }),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/uses`,
      summary: 'Everything in the draft that leads to a reply, a node or a form',
      query: usesQuerySchema,
      response: usesSchema,
      handler: async ({ params: { accountId }, query }) => ({
        uses: await draftLookup.findUses(accountId, toTarget(query)),
      }),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/titles`,
      summary: 'The titles of several items of a kind',
      query: titlesQuerySchema,
      response: titlesSchema,
      handler: async ({ params: { accountId }, query: { kind, ids } }) => ({
        titles: await draftLookup.findTitles(accountId, kind, ids),
      }),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/forms`,
      summary: 'The forms to which content may lead',
      response: formListSchema,
      handler: async () => ({ forms: draftLookup.listForms() }),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/new-id`,
      summary: 'A free permanent id for something new',
      query: newIdQuerySchema,
      response: newIdSchema,
      handler: async ({ params: { accountId }, query: { kind, title } }) => ({
        id: await draftLookup.suggestId(accountId, kind, title),
      }),
    }),
    defineRoute({
      ...toSee,
      method: 'post',
      path: `${base}/try`,
      summary: 'What the linter would say if an item were written like this',
      body: tryItemSchema,
      bodyLimitBytes: itemLimitBytes,
      response: findingsSchema,
      handler: ({ params: { accountId }, body: { kind, id, value } }) =>
        draftChecks.tryItem(accountId, { kind, id }, value),
    }),
    defineRoute({
      ...toSee,
      method: 'post',
      path: `${base}/preview`,
      summary: 'A reply as citizens get it, message by message',
      body: previewSchema,
      bodyLimitBytes: itemLimitBytes,
      response: replyPreviewSchema,
      handler: async ({ body: { id, value } }) => previewReply(id, value, fitter),
    }),
  ];
}

/** The schema allows exactly one of them. */
function toTarget({ reply, node, form = '' }: { reply?: string; node?: string; form?: string }): Target {
  if (reply !== undefined) return { reply };
  return node === undefined ? { form } : { node };
}
