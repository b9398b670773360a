/** Numbers that the platform imposes on those who call it. Sizes are bytes of UTF-8, times milliseconds. */

const minute = 60_000;

/** "Get stable access token". */
export const tokenLimits = {
  /** No token lives longer. */
  longestLifeMs: 120 * minute,
  /** The platform has the next token ready this long before the end of the last; both are valid until then. */
  overlapMs: 5 * minute,
  /** `force_refresh` is allowed 20 times a day, at least 30 s apart; once in 75 minutes keeps to both. */
  forceRefreshSpacingMs: 75 * minute,
} as const;

/** "Create custom menu". */
export const menuLimits = {
  buttons: 3,
  subButtons: 5,
  nameBytes: 16,
  subNameBytes: 60,
  keyBytes: 128,
  urlBytes: 1024,
} as const;

/** "Batch get user info": openids in one call. */
export const userInfoBatch = 100;

/**
 * Characters that a keyword of a category template (类目模板) holds, by its type; a longer value is refused with 47003.
 * What WeChat's staff have answered, and the table of the mini-programs' subscription messages. `name` may have 20
 * letters, but 10 Chinese characters.
 */
export const templateLimits: ReadonlyMap<string, number> = new Map([
  ['thing', 20],
  ['character_string', 32],
  ['number', 32],
  ['letter', 32],
  ['symbol', 5],
  ['phrase', 5],
  ['phone_number', 17],
  ['car_number', 8],
  ['name', 10],
]);
