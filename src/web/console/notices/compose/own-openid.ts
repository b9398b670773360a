import { z } from 'zod';

const key = (accountId: string) => `suishen.own-openid.${accountId}`;
const openidSchema = z.string().min(1).max(64).catch('');

/** One's own openid in an account, for tests to one's own phone; it stays in this browser. */
export const ownOpenid = {
  /** Empty: not known. */
  read(accountId: string): string {
    return openidSchema.parse(localStorage.getItem(key(accountId)));
  },
  write(accountId: string, openid: string): void {
    if (openid === '') localStorage.removeItem(key(accountId));
    else localStorage.setItem(key(accountId), openid);
  },
};
