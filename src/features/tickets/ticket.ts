/**
 * What lets one registration in, once. When it is good for is not kept with it: the activity, as it stands when
 * somebody shows the ticket, says so, and a change of time needs no new ticket.
 */
export interface Ticket {
  accountId: string;
  /** Random; what the QR code names. */
  ticketId: string;
  /** Unique: one ticket each. */
  registrationId: string;
  activityId: string;
  groupId: string;
  openid: string;
  /** To be typed where no code can be scanned; unique within the account, see `ticket-code.ts`. */
  code: string;
  issuedAt: Date;
  /** Nobody gets in by it any more. */
  revoked?: { because: string; at: Date };
  /** Somebody has got in by it. */
  arrival?: Arrival;
  /** By the clock of the machine that wrote it, UTC. */
  changedAt: Date;
  /** When it is deleted, UTC: together with its registration. */
  expiresAt: Date;
}

export interface Arrival {
  /** UTC. */
  at: Date;
  /** The name of the gate: 2号口. */
  gate: string;
}
