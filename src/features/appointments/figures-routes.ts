import { accountPathSchema } from '../../api-types/account-path.js';
import { figuresQuerySchema, figuresSchema } from '../../api-types/appointments.js';
import { defineRoute, type Download, type Route } from '../../http/api/route.js';
import { toDownload, type ReadNames } from './counter-routes.js';
import { counterTexts } from './counter/counter-texts.js';
import { readFigures, type FiguresParts } from './counter/figures.js';
import { spreadsheetType, writeFigures } from './counter/spreadsheets.js';

const toSee = {
  permission: 'appointments.view',
  account: 'path',
  params: accountPathSchema,
  query: figuresQuerySchema,
} as const;
const base = '/accounts/:accountId/appointments/figures';

/** How well the places are used, and how many do not come. */
export function figuresRoutes(parts: FiguresParts, readNames: ReadNames): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: base,
      summary: 'Utilisation and missed visits by day, service and venue',
      response: figuresSchema,
      handler: async ({ params: { accountId }, query: { from, to } }) => ({
        figures: await readFigures(parts, accountId, from, to),
      }),
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${base}/export`,
      summary: 'The same as an Excel file',
      download: [spreadsheetType],
      async handler({ params: { accountId }, query: { from, to } }): Promise<Download> {
        const figures = await readFigures(parts, accountId, from, to);
        const file = await writeFigures(figures, await readNames(accountId));
        return toDownload(counterTexts.figuresTitle(from, to), file);
      },
    }),
  ];
}
