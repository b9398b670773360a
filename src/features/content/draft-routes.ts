import { accountPathSchema } from '../../api-types/account-path.js';
import {
  draftDiffSchema,
  draftOutcomeSchema,
  draftViewSchema,
  filesSchema,
  findingsSchema,
  importDiffSchema,
  importOutcomeSchema,
  importSchema,
  itemPageSchema,
  itemPathSchema,
  itemSchema,
  itemsQuerySchema,
  levelQuerySchema,
  moveNodeSchema,
  nodePathSchema,
  putItemSchema,
  removeItemSchema,
  restoredSchema,
  restoreSchema,
  snapshotListSchema,
  snapshotNameSchema,
  snapshotSchema,
  treeLevelSchema,
} from '../../api-types/content.js';
import type { AnswerFitter } from '../../core/messages.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { ContentServices } from './content-services.js';
import {
  presentChanges,
  presentDraftDiff,
  presentItem,
  presentLive,
  presentOutcome,
  presentSnapshot,
} from './content-views.js';
import { writingRoutes } from './draft-writing-routes.js';
import type { DraftFiles } from './files/draft-files.js';

const toSee = { permission: 'content.view', account: 'path' } as const;
const toEdit = { permission: 'draft.edit', account: 'path' } as const;
const base = '/accounts/:accountId/draft';
const mostSnapshots = 100;
/** With room for the JSON around eight megabytes of files. */
const importLimitBytes = 12_000_000;

type Services = Pick<
  ContentServices,
  'draftService' | 'draftChecks' | 'draftLookup' | 'snapshots' | 'releaseDesk'
>;

export interface DraftRoutesParts extends Services {
  files: DraftFiles;
  fitter: AnswerFitter;
}

/** The shared draft: its items, its tree, its faults, its snapshots, its files. */
export function draftRoutes({ files, fitter, ...services }: DraftRoutesParts): Route[] {
  return [
    ...itemRoutes(services),
    ...treeRoutes(services),
    ...checkRoutes(services),
    ...writingRoutes({ ...services, fitter }),
    ...fileRoutes(files),
    ...snapshotRoutes(services),
  ];
}

function itemRoutes({ draftService, releaseDesk }: Services): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: base,
      summary: 'The draft and the release that is live; a draft is begun where there is none',
      params: accountPathSchema,
      response: draftViewSchema,
      async handler({ params: { accountId } }) {
        const { revision, updatedAt, updatedBy, pending } = await draftService.open(accountId);
        const live = await releaseDesk.findLive(accountId);
        return {
          revision,
          updatedAt: updatedAt.toISOString(),
          updatedBy,
          pending: pending ?? null,
          live: live && presentLive(live),
        };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/items`,
      summary: 'The items of a kind, by id',
      params: accountPathSchema,
      query: itemsQuerySchema,
      response: itemPageSchema,
      async handler({ params: { accountId }, query: { kind, limit, after, text } }) {
        const page = { limit, ...(after !== undefined && { after }), ...(text !== undefined && { text }) };
        const { items, next } = await draftService.listItems(accountId, kind, page);
        return { items: items.map(presentItem), next };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/items/:kind/:id`,
      summary: 'One item',
      params: itemPathSchema,
      response: itemSchema,
      handler: async ({ params: { accountId, kind, id } }) =>
        presentItem(await draftService.findItem(accountId, { kind, id })),
    }),
    defineRoute({
      ...toEdit,
      method: 'put',
      path: `${base}/items/:kind/:id`,
      summary: 'Writes an item; 409 with both values when somebody else changed it since',
      params: itemPathSchema,
      body: putItemSchema,
      bodyLimitBytes: 1_000_000,
      response: draftOutcomeSchema,
      async handler({ params: { accountId, kind, id }, body: { baseVersion, value }, actor }) {
        const edit = { accountId, actor, ref: { kind, id }, baseVersion, value };
        return presentOutcome(await draftService.putItem(edit));
      },
    }),
    defineRoute({
      ...toEdit,
      method: 'delete',
      path: `${base}/items/:kind/:id`,
      summary: 'Removes an item; a node with all that lies below it only when asked to',
      params: itemPathSchema,
      query: removeItemSchema,
      response: draftOutcomeSchema,
      async handler({ params: { accountId, kind, id }, query: { baseVersion, withChildren }, actor }) {
        const edit = { accountId, actor, ref: { kind, id }, baseVersion };
        return presentOutcome(
          await draftService.removeItem({ ...edit, withChildren: withChildren === 'true' }),
        );
      },
    }),
  ];
}

function treeRoutes({ draftService }: Services): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/nodes`,
      summary: 'One level of the menu tree, each node with how many lie right below it',
      params: accountPathSchema,
      query: levelQuerySchema,
      response: treeLevelSchema,
      async handler({ params: { accountId }, query: { parent } }) {
        const { nodes } = await draftService.listLevel(accountId, parent ?? null);
        return { nodes: nodes.map(({ item, ...rest }) => ({ item: presentItem(item), ...rest })) };
      },
    }),
    defineRoute({
      ...toEdit,
      method: 'post',
      path: `${base}/nodes/:id/move`,
      summary: 'Moves a node with all that lies below it; neighbours make way',
      params: nodePathSchema,
      body: moveNodeSchema,
      response: draftOutcomeSchema,
      async handler({ params: { accountId, id }, body, actor }) {
        return presentOutcome(await draftService.moveNode({ accountId, actor, id, ...body }));
      },
    }),
  ];
}

function checkRoutes({ draftChecks }: Services): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/findings`,
      summary: 'What the linter says, each finding with its place',
      params: accountPathSchema,
      response: findingsSchema,
      handler: ({ params: { accountId } }) => draftChecks.lint(accountId),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/diff`,
      summary: 'What the draft changes in the live release',
      params: accountPathSchema,
      response: draftDiffSchema,
      async handler({ params: { accountId } }) {
        return presentDraftDiff(await draftChecks.diff(accountId));
      },
    }),
  ];
}

function fileRoutes(files: DraftFiles): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/files`,
      summary: 'The draft as YAML files',
      params: accountPathSchema,
      response: filesSchema,
      handler: async ({ params: { accountId } }) => ({ files: await files.render(accountId) }),
    }),
    defineRoute({
      ...toEdit,
      method: 'post',
      path: `${base}/import/diff`,
      summary: 'What an import of YAML files would change; 422 with every fault when one is faulty',
      params: accountPathSchema,
      body: filesSchema,
      bodyLimitBytes: importLimitBytes,
      response: importDiffSchema,
      async handler({ params: { accountId }, body }) {
        const { revision, changes } = await files.compare(accountId, body.files);
        return { revision, ...presentChanges(changes) };
      },
    }),
    defineRoute({
      ...toEdit,
      method: 'post',
      path: `${base}/import`,
      summary:
        'Replaces the draft by YAML files; 422 with every fault, and nothing changed, when one is faulty',
      params: accountPathSchema,
      body: importSchema,
      bodyLimitBytes: importLimitBytes,
      response: importOutcomeSchema,
      handler: async ({ params: { accountId }, body, actor }) => ({
        revision: await files.import({ accountId, actor, ...body }),
      }),
    }),
  ];
}

function snapshotRoutes({ snapshots }: Services): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/snapshots`,
      summary: 'States of the draft that were kept, the newest first',
      params: accountPathSchema,
      response: snapshotListSchema,
      handler: async ({ params: { accountId } }) => ({
        snapshots: (await snapshots.list(accountId, mostSnapshots)).map(presentSnapshot),
      }),
    }),
    defineRoute({
      ...toEdit,
      method: 'post',
      path: `${base}/snapshots`,
      summary: 'Keeps the draft as it is under a name',
      params: accountPathSchema,
      body: snapshotNameSchema,
      status: 201,
      response: snapshotSchema,
      handler: async ({ params: { accountId }, body: { name }, actor }) =>
        presentSnapshot(await snapshots.save(accountId, actor, name)),
    }),
    defineRoute({
      ...toEdit,
      method: 'post',
      path: `${base}/snapshots/:id/restore`,
      summary: 'Makes a snapshot the draft; what the draft was is kept as a snapshot',
      params: nodePathSchema,
      body: restoreSchema,
      response: restoredSchema,
      async handler({ params: { accountId, id }, body, actor }) {
        const { revision, changes } = await snapshots.restore(accountId, actor, id, body.revision);
        return { revision, changes: changes.length };
      },
    }),
  ];
}
