import type { CitizenRoute } from '../../http/citizen-api/citizen-route.js';
import { citizenOrderRoutes, type CitizenOrderRoutesParts } from '../orders/citizen-order-routes.js';
import { citizenActivityRoutes, type CitizenActivityRoutesParts } from './citizen-activity-routes.js';
import {
  citizenRegistrationRoutes,
  type CitizenRegistrationRoutesParts,
} from './citizen-registration-routes.js';

export type CitizenActivitiesParts = CitizenActivityRoutesParts &
  CitizenRegistrationRoutesParts &
  CitizenOrderRoutesParts;

/** What citizens do on the page with activities, and how they pay. */
export function createCitizenActivities(parts: CitizenActivitiesParts): CitizenRoute[] {
  return [...citizenActivityRoutes(parts), ...citizenRegistrationRoutes(parts), ...citizenOrderRoutes(parts)];
}
