import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { z } from 'zod';
import type { accountListSchema, signInSchema, SessionView } from '../../../api-types/staff.js';
import { ApiError } from '../../shared/api-error.js';
import { apiAccess } from '../shared/define-call.js';
import { changePassword, closeSession, listAccounts, openSession, readSession } from './session-calls.js';

export type AccountView = z.output<typeof accountListSchema>['accounts'][number];

/** Who is signed in, and the official accounts in which they have a role. */
export const useSession = defineStore('session', () => {
  const session = shallowRef<SessionView | null>(null);
  const accounts = shallowRef<readonly AccountView[]>([]);
  /** The session ended while somebody was at work: they sign in again above the page, which stays as it is. */
  const hasExpired = shallowRef(false);
  const isSignedIn = computed(() => session.value !== null);

  apiAccess.onRefusal = (error) => {
    if (error.code === 'sign_in_required' && session.value) hasExpired.value = true;
  };

  async function enter(opened: SessionView): Promise<void> {
    apiAccess.csrfToken = opened.csrfToken;
    // Before the first password is replaced nothing else is answered.
    accounts.value = opened.mustChangePassword ? [] : (await listAccounts({})).accounts;
    session.value = opened;
    hasExpired.value = false;
  }

  /** Finds out whether this browser is signed in. @throws ApiError where that cannot be found out. */
  async function resume(): Promise<void> {
    try {
      await enter(await readSession({}));
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
      leave();
    }
  }

  /** Reads anew what one has changed about the own sign-in. */
  async function refresh(): Promise<void> {
    await enter(await readSession({}));
  }

  /** @throws ApiError `sign_in_failed`, `code_required`, `too_many_attempts` */
  async function signIn(credentials: z.input<typeof signInSchema>): Promise<void> {
    await enter(await openSession({ body: credentials }));
  }

  async function signOut(): Promise<void> {
    await closeSession({});
    leave();
  }

  /** Every other session of the person ends. @throws ApiError `wrong_password`, `weak_password` */
  async function replacePassword(current: string, next: string): Promise<void> {
    await enter(await changePassword({ body: { current, next } }));
  }

  function leave(): void {
    apiAccess.csrfToken = '';
    session.value = null;
    accounts.value = [];
    hasExpired.value = false;
  }

  return { session, accounts, hasExpired, isSignedIn, resume, refresh, signIn, signOut, replacePassword };
});
