/** One browser in which a citizen is signed in. */
export interface CitizenSession {
  accountId: string;
  openid: string;
  /** SHA-256, in hex, of the token that only the browser has. */
  tokenHash: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** The end if nothing more is heard of it. */
  expiresAt: Date;
  /** The end, whatever is heard of it. */
  until: Date;
}
