import { z } from 'zod';
import {
  accountListSchema,
  decidedSchema,
  demoSignInsSchema,
  newStaffRequestSchema,
  revokedSessionsSchema,
  staffPageSchema,
  staffQuerySchema,
  staffRequestPageSchema,
  staffRequestSchema,
  staffRequestsQuerySchema,
  verdictSchema,
  type StaffRequestView,
} from '../../api-types/staff.js';
import { permissionsIn, sees } from '../../core/permissions.js';
import { definePublicRoute, defineRoute, type Route } from '../../http/api/route.js';
import type { DemoStaff } from './demo-staff.js';
import type { StaffDirectory } from './staff-directory.js';
import type { StaffMember } from './staff-member.js';
import type { KnownStaffRequest, StaffRequests } from './staff-requests.js';

export interface ServedAccount {
  accountId: string;
  name: string;
}

const view = { permission: 'staff.view', account: 'any' } as const;
const manage = { permission: 'staff.manage', account: 'any' } as const;

/** Who works here, and what two administrators decide about them. */
export function staffRoutes(directory: StaffDirectory, requests: StaffRequests): Route[] {
  return [
    defineRoute({
      ...view,
      method: 'get',
      path: '/staff',
      summary: 'Who has roles in the accounts that one sees',
      query: staffQuerySchema,
      response: staffPageSchema,
      async handler({ visitor, query: { limit, after, ...filter } }) {
        const { members, next } = await directory.list(visitor, filter, limit, after);
        return { staff: members.map(presentMember), next };
      },
    }),
    defineRoute({
      ...manage,
      method: 'delete',
      path: '/staff/:staffId/sessions',
      summary: 'Signs somebody out everywhere',
      params: z.object({ staffId: z.string() }),
      response: revokedSessionsSchema,
      handler: async ({ visitor, actor, params }) => ({
        revoked: await directory.revokeSessions(visitor, actor, params.staffId),
      }),
    }),
    defineRoute({
      ...manage,
      method: 'get',
      path: '/staff-requests',
      summary: 'What waits for a second administrator, and what was decided; the newest first',
      query: staffRequestsQuerySchema,
      response: staffRequestPageSchema,
      async handler({ visitor, query: { open, after, limit } }) {
        const selection = { ...(open && { open: open === 'true' }), ...(after !== undefined && { after }) };
        const page = await requests.list(visitor, selection, limit);
        return { requests: page.requests.map(presentRequest), next: page.next };
      },
    }),
    defineRoute({
      ...manage,
      method: 'post',
      path: '/staff-requests',
      summary: 'Asks to invite, to change roles, to suspend, to reactivate, or to reset a password',
      body: newStaffRequestSchema,
      status: 201,
      response: staffRequestSchema,
      handler: async ({ actor, body }) =>
        presentRequest(await requests.make(actor, body.details, body.reason)),
    }),
    defineRoute({
      ...manage,
      method: 'post',
      path: '/staff-requests/:requestId/decision',
      summary: 'Approves or refuses what another administrator asked for',
      params: z.object({ requestId: z.string() }),
      body: verdictSchema,
      response: decidedSchema,
      async handler({ actor, params, body }) {
        const { request, oneTimePassword } = await requests.decide(actor, params.requestId, body);
        return { request: presentRequest(request), oneTimePassword };
      },
    }),
  ];
}

/** @param accounts those served here, as they are called now. */
export function accountRoutes(accounts: () => readonly ServedAccount[]): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/accounts',
      summary: 'The official accounts in which one has a role',
      permission: 'signed-in',
      response: accountListSchema,
      handler: async ({ visitor }) => ({
        accounts: accounts()
          .filter(({ accountId }) => sees(visitor, accountId))
          .map(({ accountId, name }) => ({
            accountId,
            name,
            permissions: permissionsIn(visitor, accountId),
          })),
      }),
    }),
  ];
}

/** Served in the sandbox only. */
export function demoRoutes(demo: DemoStaff): Route[] {
  return [
    definePublicRoute({
      method: 'get',
      path: '/demo-sign-ins',
      summary: 'Somebody to try the back office as, for every role; only in the sandbox',
      permission: 'public',
      response: demoSignInsSchema,
      handler: async () => ({ signIns: await demo.list() }),
    }),
  ];
}

function presentMember({ totp, createdAt, ...member }: StaffMember) {
  return { ...member, totp: totp?.confirmed ?? false, createdAt: createdAt.toISOString() };
}

function presentRequest({ at, expiresAt, decision, ...request }: KnownStaffRequest): StaffRequestView {
  return {
    ...request,
    at: at.toISOString(),
    expiresAt: expiresAt.toISOString(),
    decision: decision && {
      by: decision.by,
      at: decision.at.toISOString(),
      reason: decision.reason ?? null,
    },
  };
}
