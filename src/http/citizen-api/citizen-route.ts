import type { Answering, Declaration } from '../api/route.js';

/** A citizen whose session is good, as the platform names them. */
export interface SignedInCitizen {
  accountId: string;
  openid: string;
}

export interface CitizenRequest<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  citizen: SignedInCitizen;
  /** What the page must send back in `X-CSRF-Token` with every mutation. */
  csrfToken: string;
}

/** A route of the citizens' API as data. Its path lies below `/h5/:accountId/api`; all of them need the sign-in. */
export type CitizenRoute<Params = unknown, Query = unknown, Body = unknown, Response = unknown> = Declaration<
  Params,
  Query,
  Body
> &
  Answering<CitizenRequest<Params, Query, Body>, Response>;

/** Declares a route for citizens. */
export function defineCitizenRoute<Params = unknown, Query = unknown, Body = unknown, Response = unknown>(
  route: CitizenRoute<Params, Query, Body, Response>,
): CitizenRoute {
  return route;
}
