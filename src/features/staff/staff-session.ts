/** One browser in which somebody is signed in. */
export interface StaffSession {
  /** Names it in lists; opens nothing. */
  id: string;
  /** SHA-256, in hex, of the token that only the browser has. */
  tokenHash: string;
  staffId: string;
  address: string;
  agent: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** The end if nothing more is heard of it. */
  expiresAt: Date;
  /** The end, whatever is heard of it. */
  until: Date;
}
