/** Whom the platform names. */
export interface OauthIdentity {
  openid: string;
  /** Not a person: the platform shows a snapshot of the page to an invented one. */
  isSnapshot: boolean;
}

/** The platform's sign-in for web pages. */
export interface OauthPort {
  /**
   * Where the browser is sent; from there it comes back to `redirectUri` with `code` and `state`.
   * @param state letters and digits, at most 128.
   * @throws UserError `no_platform_account`
   */
  authorizeUrl(accountId: string, redirectUri: string, state: string): string;
  /**
   * Whom the code stands for; null: it is no good, or no longer.
   * @throws OperationalError when the platform cannot be asked
   */
  exchange(accountId: string, code: string): Promise<OauthIdentity | null>;
}
