import {
  deliveriesQuerySchema,
  deliveryPageSchema,
  noticePathSchema,
  noticeProgressSchema,
  noticeReportSchema,
} from '../../api-types/notices.js';
import { businessDay } from '../../core/business-day.js';
import { tableTypes, toCsv, toXlsx } from '../../core/table-file.js';
import { defineRoute, type Download, type Route } from '../../http/api/route.js';
import type { Delivery } from './delivery.js';
import type { DeliveryStore } from './delivery-store.js';
import type { NoticeDesk } from './desk/notice-desk.js';
import type { NoticeProgressReader } from './desk/notice-progress.js';
import { deliveryColumns, toDeliveryRow } from './export/delivery-table.js';
import type { Notice } from './notice.js';
import { presentDelivery, presentNotice, presentProgress } from './notice-views.js';

export interface DeliveryRoutesParts {
  desk: Pick<NoticeDesk, 'find'>;
  progress: NoticeProgressReader;
  deliveries: Pick<DeliveryStore, 'list' | 'stream'>;
}

const toSee = { permission: 'notices.view', account: 'path' } as const;
const base = '/accounts/:accountId/notices/:id';

/** What became of a notice, recipient by recipient. */
export function deliveryRoutes(parts: DeliveryRoutesParts): Route[] {
  return [...watchRoutes(parts), ...exportRoutes(parts)];
}

function watchRoutes({ desk, progress, deliveries }: DeliveryRoutesParts): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/progress`,
      summary: 'How far a notice is, counted from its records',
      params: noticePathSchema,
      response: noticeProgressSchema,
      async handler({ params }) {
        const notice = await desk.find(params);
        return presentProgress(notice, await progress.read(notice));
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/report`,
      summary: 'A notice with everything that is known of how it went',
      params: noticePathSchema,
      response: noticeReportSchema,
      async handler({ params }) {
        const notice = await desk.find(params);
        const counted = await progress.read(notice);
        return { notice: presentNotice(notice), progress: presentProgress(notice, counted) };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/deliveries`,
      summary: 'The record of each recipient, in order of the rows',
      params: noticePathSchema,
      query: deliveriesQuerySchema,
      response: deliveryPageSchema,
      async handler({ params, query: { limit, after, state, openid } }) {
        const notice = await desk.find(params);
        const found = await deliveries.list(notice, {
          limit: limit + 1,
          ...(after !== undefined && { after }),
          ...(state !== undefined && { state }),
          ...(openid !== undefined && { openid }),
        });
        const shown = found.slice(0, limit);
        return {
          deliveries: shown.map(presentDelivery),
          next: found.length > limit ? (shown.at(-1)?.row ?? null) : null,
        };
      },
    }),
  ];
}

function exportRoutes({ desk, deliveries }: DeliveryRoutesParts): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/export.xlsx`,
      summary: 'The record of each recipient as an Excel file',
      params: noticePathSchema,
      download: [tableTypes.xlsx],
      async handler({ params }): Promise<Download> {
        const notice = await desk.find(params);
        const chunks = toXlsx('推送记录', deliveryColumns, toRows(deliveries.stream(notice)));
        return { mediaType: tableTypes.xlsx, filename: `${titleOf(notice)}.xlsx`, chunks };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/export.csv`,
      summary: 'The same as a CSV file',
      params: noticePathSchema,
      download: [tableTypes.csv],
      async handler({ params }): Promise<Download> {
        const notice = await desk.find(params);
        const chunks = toCsv(deliveryColumns, toRows(deliveries.stream(notice)));
        return { mediaType: tableTypes.csv, filename: `${titleOf(notice)}.csv`, chunks };
      },
    }),
  ];
}

async function* toRows(deliveries: AsyncIterable<Delivery>): AsyncGenerator<string[]> {
  for await (const delivery of deliveries) yield toDeliveryRow(delivery);
}

/** A file name that every system takes. */
function titleOf({ title, createdAt }: Notice): string {
  return `推送-${businessDay(createdAt.getTime())}-${title.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ')}`;
}
