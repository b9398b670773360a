import { shallowRef } from 'vue';
import type { Home } from '../../api-types/citizen-appointments.js';
import { ApiError } from '../shared/api-error.js';
import { access, readHome } from './calls.js';
import { pagesBase } from './place.js';

/** Where the browser notes when it was last sent to the sign-in. */
const sentKey = 'suishen-sent-to-sign-in';
/** Sent again so soon, it keeps no cookies, and would be sent for ever. */
const tooSoonMs = 15_000;

/** What every page needs; undefined until it is known who is there. */
export const home = shallowRef<Home>();
/** Why it cannot be known. */
export const homeError = shallowRef<unknown>();

access.onRefusal = (error) => {
  if (error.code === 'sign_in_required') signIn();
};

/** Finds out who is there; whoever is not signed in is sent to the sign-in, and comes back to this page. */
export async function enter(): Promise<void> {
  homeError.value = undefined;
  try {
    const found = await readHome({});
    access.csrfToken = found.csrfToken;
    sessionStorage.removeItem(sentKey);
    home.value = found;
  } catch (error) {
    if (!isOnItsWay(error)) homeError.value = error;
  }
}

function signIn(): void {
  const now = Date.now();
  if (now - Number(sessionStorage.getItem(sentKey)) < tooSoonMs) {
    homeError.value = new ApiError(401, 'no_cookies', '登录没有保存下来：请允许本页保存 Cookie，再打开一次');
    return;
  }
  sessionStorage.setItem(sentKey, String(now));
  const to = location.pathname.slice(pagesBase.length);
  location.replace(`${pagesBase}/sign-in?to=${encodeURIComponent(to)}`);
}

/** The sign-in has been called for, and will leave this page. */
function isOnItsWay(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'sign_in_required';
}
