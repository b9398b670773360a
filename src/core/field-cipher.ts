/**
 * Where a personal value is kept. The value is bound to it: what was sealed for one citizen or one field opens for
 * no other, so nobody who can write to the database can show one person's number as another's.
 */
export interface FieldPlace {
  accountId: string;
  openid: string;
  /** Collection and field: `messages.phone`. */
  field: string;
}

/** Keeps personal values unreadable for whoever holds the database and not the key. */
export interface FieldCipher {
  /** The value as it may be stored. The same value twice gives two different texts. */
  seal(value: string, place: FieldPlace): string;
  /** The value again; null where the key is not known any more, the text was changed or belongs to another place. */
  open(sealed: string, place: FieldPlace): string | null;
  /** A keyed digest to look a value up by: the same for the same value in the same field of the same account. */
  hash(value: string, place: Omit<FieldPlace, 'openid'>): string;
}
