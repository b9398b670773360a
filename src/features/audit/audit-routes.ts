import { accountPathSchema } from '../../api-types/account-path.js';
import {
  auditEventSchema,
  auditExportQuerySchema,
  auditPageSchema,
  auditQuerySchema,
  auditVerificationSchema,
  type AuditFilter,
} from '../../api-types/audit.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import { toCsv } from './audit-csv.js';
import type { AuditEvent } from './audit-event.js';
import type { AuditSelection } from './audit-store.js';
import { auditTexts } from './audit-texts.js';
import type { AuditTrail } from './audit-trail.js';

const guard = { permission: 'audit.view', account: 'path', params: accountPathSchema } as const;

/** `accountId` may be `system`: what belongs to no account. */
export function auditRoutes(trail: AuditTrail): Route[] {
  return [
    defineRoute({
      ...guard,
      method: 'get',
      path: '/accounts/:accountId/audit-events',
      summary: 'What was done, the newest first',
      query: auditQuerySchema,
      response: auditPageSchema,
      async handler({ params, query: { before, limit, ...filter } }) {
        const { events, next } = await trail.list(toSelection(params.accountId, filter), limit, before);
        return { events: events.map(present), next };
      },
    }),
    defineRoute({
      ...guard,
      method: 'get',
      path: '/accounts/:accountId/audit-events/export',
      summary: 'All of it as a file, the oldest first',
      query: auditExportQuerySchema,
      download: ['application/x-ndjson', 'text/csv'],
      async handler({ params: { accountId }, query: { format, ...filter } }) {
        const events = trail.export(toSelection(accountId, filter));
        const filename = auditTexts.filename(accountId, format);
        return format === 'csv'
          ? { mediaType: 'text/csv', filename, chunks: toCsv(events) }
          : { mediaType: 'application/x-ndjson', filename, chunks: toLines(events) };
      },
    }),
    defineRoute({
      ...guard,
      method: 'get',
      path: '/accounts/:accountId/audit-events/verification',
      summary: 'Whether the chain of events is unbroken, and where it breaks',
      response: auditVerificationSchema,
      handler: ({ params }) => trail.verify(params.accountId),
    }),
  ];
}

function toSelection(accountId: string, { from, to, ...filter }: AuditFilter): AuditSelection {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  return {
    accountId,
    ...given,
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
  };
}

/** What is hashed is what is shown, so that an export can be checked without us. */
function present({ at, ...event }: AuditEvent) {
  return { ...event, at: at.toISOString() };
}

async function* toLines(events: AsyncIterable<AuditEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(auditEventSchema.parse(present(event)))}\n`;
}
