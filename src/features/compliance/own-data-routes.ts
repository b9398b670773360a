import { erasureSchema } from '../../api-types/own-data.js';
import { businessDay } from '../../core/business-day.js';
import type { Clock } from '../../core/clock.js';
import { defineCitizenRoute, type CitizenRoute } from '../../http/citizen-api/citizen-route.js';
import type { OwnData } from './own-data.js';

/** The citizen's own records: a copy, and their erasure. Whose they are only the session says. */
export function ownDataRoutes(ownData: Pick<OwnData, 'copy' | 'erase'>, clock: Clock): CitizenRoute[] {
  return [
    defineCitizenRoute({
      method: 'get',
      path: '/my-data',
      summary: 'A copy of one’s own records, readable',
      download: ['application/json'],
      handler: async ({ citizen }) => ({
        mediaType: 'application/json',
        filename: `my-data-${businessDay(clock.now())}.json`,
        chunks: ownData.copy(citizen),
      }),
    }),
    defineCitizenRoute({
      method: 'delete',
      path: '/my-data',
      summary: 'Deletes one’s own records that need not stay',
      response: erasureSchema,
      async handler({ citizen }) {
        const { kept, ...erased } = await ownData.erase(citizen);
        return { ...erased, kept: [...kept] };
      },
    }),
  ];
}
