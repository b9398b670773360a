const key = 'suishen.last-account';

/** The account worked in last in this browser, so that the next visit begins there. */
export const lastAccount = {
  read: (): string | null => window.localStorage.getItem(key),
  write: (accountId: string): void => window.localStorage.setItem(key, accountId),
};
