import type { NoticePerson } from '../notice.js';

/** Something about the columns of a file for which none of its rows was looked at. */
export interface ColumnFault {
  code: 'no_openid_column' | 'empty_heading' | 'repeated_heading' | 'bad_heading' | 'too_many_columns';
  /** The heading, or the letter of a column without one; null: of the whole file. */
  column: string | null;
  message: string;
}

/** All but `missing_value` keep the row out of the list: the others can reach nobody, or somebody twice. */
export const rowFaultCodes = [
  'openid_malformed',
  'openid_repeated',
  'openid_unknown',
  'not_following',
  'value_too_long',
  'missing_value',
] as const;
export type RowFaultCode = (typeof rowFaultCodes)[number];

export interface RowFault {
  /** As the file counts: the headings are row 1. */
  row: number;
  code: RowFaultCode;
  column: string | null;
  message: string;
}

/** A list of recipients as it was uploaded; its rows are kept apart. */
export interface RecipientList {
  accountId: string;
  id: string;
  filename: string;
  /** Headings beside the openid: names of placeholders. */
  columns: readonly string[];
  rows: number;
  /** Rows that are in the list: those without a fault that keeps them out. */
  usable: number;
  /** How many of them have nothing in a column. */
  blanks: readonly { column: string; people: number }[];
  columnFaults: readonly ColumnFault[];
  /** The first hundred. */
  rowFaults: readonly RowFault[];
  faultCounts: Readonly<Partial<Record<RowFaultCode, number>>>;
  /** Whether somebody agreed to go on with what is usable. */
  confirmed: boolean;
  uploadedBy: NoticePerson;
  createdAt: Date;
  /** When it is deleted, UTC. */
  expiresAt: Date;
}

/** A row that is in the list. */
export interface ListedRecipient {
  openid: string;
  /** Values by column, as one sealed text; absent: there are none. */
  sealed?: string;
}

export const listLimits = {
  fileBytes: 20 * 1_024 * 1_024,
  rows: 200_000,
  columns: 30,
  headingCharacters: 40,
  valueCharacters: 200,
  shownFaults: 100,
  /** After the upload. */
  keptDays: 30,
  /** After a notice was written for it: as long as the records of its deliveries. */
  keptDaysInUse: 180,
} as const;
