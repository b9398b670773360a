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

/** "Batch tag users": openids in one call. */
export const taggingBatch = 50;

/** "Mass send by list of openids". */
export const massLimits = {
  openidsAtLeast: 2,
  openidsAtMost: 10_000,
  clientMsgIdBytes: 64,
} as const;

/** "Upload temporary media". The same page says 2 MB elsewhere; larger than it takes is refused with 45001. */
export const pictureBytes = 10 * 1024 * 1024;
