import { z } from 'zod';
import {
  passwordChangeSchema,
  passwordProofSchema,
  sessionListSchema,
  sessionViewSchema,
  signInSchema,
  totpCodeSchema,
  totpSecretSchema,
  type SessionView,
} from '../../api-types/staff.js';
import { everyAccount, permissionsIn } from '../../core/permissions.js';
import { definePublicRoute, defineRoute, type Route } from '../../http/api/route.js';
import type { OwnAccount } from './own-account.js';
import type { Sessions } from './sessions.js';
import type { SignIn } from './sign-in.js';
import { signInFailed } from './staff-errors.js';

export interface SessionRoutesParts {
  signIn: SignIn;
  sessions: Sessions;
  ownAccount: OwnAccount;
}

const forEverybody = { permission: 'signed-in' } as const;
/** What must work for somebody who has yet to replace the first password. */
const beforeAll = { ...forEverybody, evenBeforePasswordChange: true } as const;

/** Signing in and out, and what everybody does with their own sign-in. */
export function sessionRoutes({ signIn, sessions, ownAccount }: SessionRoutesParts): Route[] {
  const view = async (token: string, csrfToken: string): Promise<SessionView> => {
    const found = await sessions.identify(token);
    if (!found) throw signInFailed();
    const { member, session } = found;
    return {
      staffId: member.id,
      username: member.username,
      name: member.name,
      roles: member.roles,
      permissions: permissionsIn(member, everyAccount),
      mustChangePassword: member.mustChangePassword,
      totp: member.totp?.confirmed ?? false,
      sessionId: session.id,
      csrfToken,
    };
  };

  return [
    definePublicRoute({
      method: 'post',
      path: '/session',
      summary: 'Signs in',
      permission: 'public',
      body: signInSchema,
      status: 201,
      response: sessionViewSchema,
      async handler({ body, from, session }) {
        const token = await signIn.signIn(body, from);
        return view(token, session.open(token));
      },
    }),
    defineRoute({
      ...beforeAll,
      method: 'get',
      path: '/session',
      summary: 'Who is signed in here',
      response: sessionViewSchema,
      handler: ({ session }) => view(session.token, session.csrfToken),
    }),
    defineRoute({
      ...beforeAll,
      method: 'delete',
      path: '/session',
      summary: 'Signs out',
      async handler({ actor, visitor, session }) {
        await ownAccount.revokeSession(actor, visitor.sessionId);
        session.close();
      },
    }),
    defineRoute({
      ...beforeAll,
      method: 'put',
      path: '/password',
      summary: 'Changes the own password; every session ends and a new one begins here',
      body: passwordChangeSchema,
      response: sessionViewSchema,
      async handler({ actor, body, session }) {
        const token = await ownAccount.changePassword(actor, body);
        return view(token, session.open(token));
      },
    }),
    defineRoute({
      ...forEverybody,
      method: 'post',
      path: '/totp',
      summary: 'Begins two-step sign-in',
      body: passwordProofSchema,
      status: 201,
      response: totpSecretSchema,
      handler: ({ actor, body }) => ownAccount.enrolTotp(actor, body.password),
    }),
    defineRoute({
      ...forEverybody,
      method: 'put',
      path: '/totp',
      summary: 'Turns two-step sign-in on, with a first code',
      body: totpCodeSchema,
      handler: ({ actor, body }) => ownAccount.confirmTotp(actor, body.code),
    }),
    defineRoute({
      ...forEverybody,
      method: 'post',
      path: '/totp/removal',
      summary: 'Turns two-step sign-in off',
      body: passwordProofSchema,
      handler: ({ actor, body }) => ownAccount.removeTotp(actor, body.password),
    }),
    defineRoute({
      ...forEverybody,
      method: 'get',
      path: '/sessions',
      summary: 'The browsers in which one is signed in',
      response: sessionListSchema,
      async handler({ visitor }) {
        const found = await ownAccount.listSessions(visitor.staffId);
        return {
          sessions: found.map(({ id, address, agent, createdAt, lastSeenAt, expiresAt }) => ({
            id,
            current: id === visitor.sessionId,
            address,
            agent,
            createdAt: createdAt.toISOString(),
            lastSeenAt: lastSeenAt.toISOString(),
            expiresAt: expiresAt.toISOString(),
          })),
        };
      },
    }),
    defineRoute({
      ...forEverybody,
      method: 'delete',
      path: '/sessions/:sessionId',
      summary: 'Signs out in another browser',
      params: z.object({ sessionId: z.string() }),
      handler: ({ actor, params }) => ownAccount.revokeSession(actor, params.sessionId),
    }),
  ];
}
