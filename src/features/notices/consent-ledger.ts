/** A citizen's consents to the notifications of one template. */
export interface ConsentRef {
  accountId: string;
  openid: string;
  templateId: string;
}

/**
 * What the platform told of a consent.
 * `accepted`: one more message, or, for a long-term template, as many as there are. `allowed`: refuses no longer,
 * which is no consent to a further message. `refused`: takes every consent back.
 */
export type ConsentChange = 'accepted' | 'allowed' | 'refused';

export interface ConsentEvent extends ConsentRef {
  change: ConsentChange;
  /** Of the platform's event, unique for the citizen and the template. */
  key: string;
  at: Date;
}

/** @property isLongTerm a consent to this template holds until it is taken back. */
export interface ConsentTemplate extends Omit<ConsentRef, 'openid'> {
  isLongTerm: boolean;
}

/** A delivery that needs a consent. */
export interface ConsentUse extends ConsentRef {
  /** Names the delivery: what it has taken is its own until it is settled. */
  delivery: string;
  isLongTerm: boolean;
}

/** What became of a consent that was taken: it served, it may serve another, or the platform knows of none. */
export type ConsentSettlement = 'used' | 'given_back' | 'void';

/**
 * Who has agreed to receive subscription notifications. WeChat: a one-time consent allows one message, a long-term one
 * (public services) as many as there are; the platform tells of each and has no list to ask for.
 */
export interface ConsentLedger {
  /** An event counts once, however often it comes. */
  record(events: readonly ConsentEvent[]): Promise<void>;
  /** Which of these citizens have a consent that is free. */
  listFree(template: ConsentTemplate, openids: readonly string[]): Promise<ReadonlySet<string>>;
  /** One consent for each delivery; what a delivery holds already it has taken. @returns for each whether it has one. */
  take(uses: readonly ConsentUse[]): Promise<boolean[]>;
  settle(settlements: readonly { use: ConsentUse; as: ConsentSettlement }[]): Promise<void>;
}
