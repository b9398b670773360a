import type { z } from 'zod';
import type { Actor } from '../../core/actor.js';
import type { Permission } from '../../core/permissions.js';
import type { Visitor } from './access-control.js';

/** The session of the browser that asks. */
export interface SessionHandle {
  /** Empty while signed out. */
  token: string;
  /** What the browser must send back in `X-CSRF-Token` with every mutation; empty while signed out. */
  csrfToken: string;
  /** Gives the browser this session token. @returns the CSRF token that belongs to it. */
  open(token: string): string;
  /** Makes the browser forget its token. */
  close(): void;
}

/** A request whose parts fit their schemas. */
export interface PublicRequest<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  from: Actor['from'];
  session: SessionHandle;
}

export interface StaffRequest<Params, Query, Body> extends PublicRequest<Params, Query, Body> {
  visitor: Visitor;
  /** The visitor as the audit trail records them. */
  actor: Actor;
}

/** A file that is written while it is sent. */
export interface Download {
  mediaType: string;
  filename: string;
  chunks: AsyncIterable<string | Uint8Array>;
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * The account in which the permission must be held.
 * - `path`: the one that the path names with `:accountId`; whoever has no role there gets 404.
 * - `any`: some account; the handler shows only what belongs to the accounts where the visitor holds it.
 * - `every`: the permission must be held for every account.
 */
export type AccountScope = 'path' | 'any' | 'every';

export interface Declaration<Params, Query, Body> {
  method: Method;
  /** Below the prefix of the API; parameters as `:name`. */
  path: string;
  /** One English line for the OpenAPI document. */
  summary: string;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  /** Absent: a body that is sent all the same is not read. */
  body?: z.ZodType<Body>;
  /** Default 128 KB. */
  bodyLimitBytes?: number;
  /** Default 200; 204 where there is no response. */
  status?: 200 | 201 | 202;
  /** Media types of a file that the route sends instead of JSON. */
  download?: readonly [string, ...string[]];
}

export interface Answering<Request, Response> {
  /** Every answer goes through it, so that nothing leaves that was not declared. Absent: 204, no content. */
  response?: z.ZodType<Response>;
  handler(request: Request): Promise<Response | Download>;
}

export interface PublicRoute<Params = unknown, Query = unknown, Body = unknown, Response = unknown>
  extends Declaration<Params, Query, Body>, Answering<PublicRequest<Params, Query, Body>, Response> {
  permission: 'public';
}

type Guard =
  { permission: 'signed-in'; account?: 'path' } | { permission: Permission; account: AccountScope };

export type StaffRoute<Params = unknown, Query = unknown, Body = unknown, Response = unknown> = Declaration<
  Params,
  Query,
  Body
> &
  Answering<StaffRequest<Params, Query, Body>, Response> &
  Guard & {
    /** Answers a person, too, who has yet to replace the first password. */
    evenBeforePasswordChange?: true;
  };

/** A route of the staff API as data: what is served, checked and documented comes from here alone. */
export type Route = PublicRoute | StaffRoute;

/** Declares a route for signed-in staff. */
export function defineRoute<Params = unknown, Query = unknown, Body = unknown, Response = unknown>(
  route: StaffRoute<Params, Query, Body, Response>,
): Route {
  return route;
}

/** Declares a route that anybody may call. */
export function definePublicRoute<Params = unknown, Query = unknown, Body = unknown, Response = unknown>(
  route: PublicRoute<Params, Query, Body, Response>,
): Route {
  return route;
}

/** As the OpenAPI document and the audit trail name it: `GET /api/v1/staff`. */
export function nameRoute(route: Pick<Route, 'method' | 'path'>): string {
  return `${route.method.toUpperCase()} ${apiPrefix}${route.path}`;
}

export const apiPrefix = '/api/v1';
