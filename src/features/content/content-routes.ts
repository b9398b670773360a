import type { AnswerFitter } from '../../core/messages.js';
import type { Route } from '../../http/api/route.js';
import type { ButtonMenus } from './button-menus.js';
import type { ContentServices } from './content-services.js';
import { draftRoutes } from './draft-routes.js';
import { DraftFiles } from './files/draft-files.js';
import { buttonMenuRoutes, phoneRoutes } from './phone-routes.js';
import { reviewRoutes } from './review-routes.js';
import type { ContentWork } from './work/content-work.js';

/** Everything that staff do with content. */
export function contentRoutes(
  services: ContentServices,
  { buttonMenus, work, fitter }: { buttonMenus: ButtonMenus; work: ContentWork; fitter: AnswerFitter },
): Route[] {
  const files = new DraftFiles({ ...services, work });
  return [
    ...draftRoutes({ ...services, files, fitter }),
    ...phoneRoutes(services.draftPhone),
    ...reviewRoutes({ ...services, files }),
    ...buttonMenuRoutes(buttonMenus),
  ];
}
