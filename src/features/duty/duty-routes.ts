import { accountPathSchema } from '../../api-types/account-path.js';
import {
  alertClosingSchema,
  alertPageSchema,
  alertPathSchema,
  alertSchema,
  alertsQuerySchema,
  openAlertsSchema,
} from '../../api-types/duty.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { DutyAlertView } from './duty-alert.js';
import type { DutyAlerts } from './duty-alerts.js';

/** What a kind of emergency is called. */
export type NameEmergency = (accountId: string, kind: string) => string;

const guard = { permission: 'duty.handle', account: 'path' } as const;
const base = '/accounts/:accountId/duty-alerts';

export function dutyRoutes(alerts: DutyAlerts, nameEmergency: NameEmergency): Route[] {
  return [
    defineRoute({
      ...guard,
      method: 'get',
      path: base,
      summary: 'Messages that told of an emergency',
      params: accountPathSchema,
      query: alertsQuerySchema,
      response: alertPageSchema,
      async handler({ params: { accountId }, query: { section, limit, after } }) {
        const page = { limit: limit + 1, ...(after !== undefined && { after }) };
        const found = await alerts.list(accountId, section, page);
        const shown = found.slice(0, limit);
        return {
          alerts: shown.map((alert) => present(alert, nameEmergency)),
          next: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
        };
      },
    }),
    defineRoute({
      ...guard,
      method: 'get',
      path: `${base}/count`,
      summary: 'How many nobody has seen',
      params: accountPathSchema,
      response: openAlertsSchema,
      handler: async ({ params: { accountId } }) => ({ open: await alerts.countOpen(accountId) }),
    }),
    defineRoute({
      ...guard,
      method: 'post',
      path: `${base}/:id/see`,
      summary: 'Takes an alert on',
      params: alertPathSchema,
      response: alertSchema,
      handler: async ({ params, actor }) =>
        present(await alerts.markSeen({ ...params, actor }), nameEmergency),
    }),
    defineRoute({
      ...guard,
      method: 'post',
      path: `${base}/:id/close`,
      summary: 'Notes what was done, and closes an alert',
      params: alertPathSchema,
      body: alertClosingSchema,
      response: alertSchema,
      handler: async ({ params, body, actor }) =>
        present(await alerts.close({ ...params, ...body, actor }), nameEmergency),
    }),
  ];
}

function present({ accountId, kind, sentAt, at, seen, closed, ...rest }: DutyAlertView, name: NameEmergency) {
  return {
    ...rest,
    kind: name(accountId, kind),
    sentAt: sentAt.toISOString(),
    at: at.toISOString(),
    seen: seen ? { ...seen, at: seen.at.toISOString() } : null,
    closed: closed ? { ...closed, at: closed.at.toISOString() } : null,
  };
}
