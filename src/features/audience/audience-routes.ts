import { accountPathSchema } from '../../api-types/account-path.js';
import {
  audienceSettingsEditSchema,
  audienceSettingsSchema,
  synchronisationSchema,
  synchronisationsSchema,
} from '../../api-types/audience.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import { audienceBase, toLook, toManage } from './audience-access.js';
import type { Synchronisation } from './audience-run.js';
import type { AudienceRuns } from './audience-runs.js';
import type { AudienceSettings } from './audience-settings.js';
import type { AudienceSettingsRecord } from './audience-settings-store.js';
import { segmentRoutes, type SegmentRoutesParts } from './segment-routes.js';
import { presentRun, tagRoutes } from './tag-routes.js';

/** The staff API of the audience: segments, tags, synchronisation, settings. */
export function audienceRoutes(parts: SegmentRoutesParts & { runs: AudienceRuns }): Route[] {
  return [
    ...segmentRoutes(parts),
    ...tagRoutes(parts.tags, parts.runs),
    ...synchronisationRoutes(parts),
    ...settingsRoutes(parts.settings),
  ];
}

function synchronisationRoutes({
  runs,
  audience,
}: Pick<SegmentRoutesParts, 'audience'> & { runs: AudienceRuns }): Route[] {
  const path = `${audienceBase}/synchronisation`;
  return [
    defineRoute({
      ...toLook,
      method: 'get',
      path,
      summary: 'How the followers of the platform come here: the run under way and the last one',
      params: accountPathSchema,
      response: synchronisationsSchema,
      async handler({ params: { accountId } }) {
        const [followers, { running, last }] = await Promise.all([
          audience.count(accountId, { conditions: [] }),
          runs.synchronisations(accountId),
        ]);
        return { followers, running: running && present(running), last: last && present(last) };
      },
    }),
    defineRoute({
      ...toManage,
      method: 'post',
      path,
      summary: 'Begins to bring the followers of the platform here',
      params: accountPathSchema,
      status: 202,
      response: synchronisationSchema,
      handler: async ({ params: { accountId }, actor }) => present(await runs.synchronise(accountId, actor)),
    }),
  ];
}

function settingsRoutes(settings: AudienceSettings): Route[] {
  const path = `${audienceBase}/settings`;
  return [
    defineRoute({
      ...toLook,
      method: 'get',
      path,
      summary: 'The districts that citizens can choose from',
      params: accountPathSchema,
      response: audienceSettingsSchema,
      handler: async ({ params: { accountId } }) => presentSettings(await settings.find(accountId)),
    }),
    defineRoute({
      ...toManage,
      method: 'put',
      path,
      summary: 'Sets the districts that citizens can choose from',
      params: accountPathSchema,
      body: audienceSettingsEditSchema,
      response: audienceSettingsSchema,
      handler: async ({ params, body, actor }) =>
        presentSettings(await settings.change({ ...params, ...body, actor })),
    }),
  ];
}

function present(run: Synchronisation) {
  const { after: _, ...progress } = run.progress;
  return { ...presentRun(run), ...progress };
}

function presentSettings(settings: AudienceSettingsRecord | null) {
  return {
    districts: [...(settings?.districts ?? [])],
    revision: settings?.revision ?? 0,
    updatedAt: settings?.updatedAt.toISOString() ?? null,
    updatedBy: settings?.updatedBy ?? null,
  };
}
