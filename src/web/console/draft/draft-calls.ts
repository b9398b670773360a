import { hitsQuerySchema, hitsSchema } from '../../../api-types/content-phone.js';
import {
  draftOutcomeSchema,
  draftViewSchema,
  filesSchema,
  findingsSchema,
  formListSchema,
  foundNodesSchema,
  importDiffSchema,
  importOutcomeSchema,
  importSchema,
  itemPageSchema,
  itemSchema,
  itemsQuerySchema,
  levelQuerySchema,
  moveNodeSchema,
  newIdQuerySchema,
  newIdSchema,
  previewSchema,
  putItemSchema,
  removeItemSchema,
  replyPreviewSchema,
  searchQuerySchema,
  titlesQuerySchema,
  titlesSchema,
  treeLevelSchema,
  tryItemSchema,
  usesQuerySchema,
  usesSchema,
} from '../../../api-types/content.js';
import { nodeStatisticsSchema } from '../../../api-types/insights.js';
import { defineCall } from '../shared/define-call.js';

const base = '/accounts/:accountId/draft';
const item = `${base}/items/:kind/:id` as const;

export const readDraft = defineCall({ method: 'get', path: base, response: draftViewSchema });
export const listItems = defineCall({
  method: 'get',
  path: `${base}/items`,
  query: itemsQuerySchema,
  response: itemPageSchema,
});
export const readItem = defineCall({ method: 'get', path: item, response: itemSchema });
export const putItem = defineCall({
  method: 'put',
  path: item,
  body: putItemSchema,
  response: draftOutcomeSchema,
});
export const listTitles = defineCall({
  method: 'get',
  path: `${base}/titles`,
  query: titlesQuerySchema,
  response: titlesSchema,
});
export const removeItem = defineCall({
  method: 'delete',
  path: item,
  query: removeItemSchema,
  response: draftOutcomeSchema,
});

export const listLevel = defineCall({
  method: 'get',
  path: `${base}/nodes`,
  query: levelQuerySchema,
  response: treeLevelSchema,
});
export const searchNodes = defineCall({
  method: 'get',
  path: `${base}/nodes/search`,
  query: searchQuerySchema,
  response: foundNodesSchema,
});
export const moveNode = defineCall({
  method: 'post',
  path: `${base}/nodes/:id/move`,
  body: moveNodeSchema,
  response: draftOutcomeSchema,
});
/** What was answered from each node in the last thirty days. */
export const readNodeStatistics = defineCall({
  method: 'get',
  path: '/accounts/:accountId/insights/nodes',
  response: nodeStatisticsSchema,
});

export const listFindings = defineCall({ method: 'get', path: `${base}/findings`, response: findingsSchema });
export const tryItem = defineCall({
  method: 'post',
  path: `${base}/try`,
  body: tryItemSchema,
  response: findingsSchema,
});
export const previewReply = defineCall({
  method: 'post',
  path: `${base}/preview`,
  body: previewSchema,
  response: replyPreviewSchema,
});
export const findHits = defineCall({
  method: 'get',
  path: `${base}/hits`,
  query: hitsQuerySchema,
  response: hitsSchema,
});
export const listUses = defineCall({
  method: 'get',
  path: `${base}/uses`,
  query: usesQuerySchema,
  response: usesSchema,
});
export const listForms = defineCall({ method: 'get', path: `${base}/forms`, response: formListSchema });
export const suggestId = defineCall({
  method: 'get',
  path: `${base}/new-id`,
  query: newIdQuerySchema,
  response: newIdSchema,
});

export const readFiles = defineCall({ method: 'get', path: `${base}/files`, response: filesSchema });
export const compareFiles = defineCall({
  method: 'post',
  path: `${base}/import/diff`,
  body: filesSchema,
  response: importDiffSchema,
});
export const importFiles = defineCall({
  method: 'post',
  path: `${base}/import`,
  body: importSchema,
  response: importOutcomeSchema,
});
