import { erasureSchema } from '../../api-types/citizen-appointments.js';
import { businessDay } from '../../core/business-day.js';
import type { Clock } from '../../core/clock.js';
import { defineCitizenRoute, type CitizenRoute } from '../../http/citizen-api/citizen-route.js';
import type { OwnData } from './own-data.js';

/** The citizen's own records: a copy, and their erasure. */
export function ownDataRoutes(ownData: OwnData, clock: Clock): CitizenRoute[] {
  return [
    defineCitizenRoute({
      method: 'get',
      path: '/my-data',
      summary: 'A copy of one’s own records, readable',
      download: ['application/json'],
      async handler({ citizen }) {
        const now = clock.now();
        const copy = { exportedAt: new Date(now).toISOString(), appointments: await ownData.copy(citizen) };
        return {
          mediaType: 'application/json',
          filename: `my-data-${businessDay(now)}.json`,
          chunks: asOneChunk(`${JSON.stringify(copy, null, 2)}\n`),
        };
      },
    }),
    defineCitizenRoute({
      method: 'delete',
      path: '/my-data',
      summary: 'Deletes one’s own records that are over',
      response: erasureSchema,
      handler: ({ citizen }) => ownData.erase(citizen),
    }),
  ];
}

async function* asOneChunk(text: string): AsyncIterable<string> {
  yield text;
}
