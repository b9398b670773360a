/**
 * What the platform grants a verified service account, as the simulated platform enforces it.
 * Written apart from `wechat/limits.ts` on purpose: a wrong number there must not be confirmed by itself here.
 * Source unless said otherwise: WeChat, "接口调用频次限制" and the page of each call.
 */
const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

export const tokenRules = {
  lifeMs: 7200 * second,
  /** A token that was replaced is still accepted for this long; stable_token replaces this early. */
  overlapMs: 5 * minute,
  /** stable_token with force_refresh. */
  forcedPerDay: 20,
  forcedApartMs: 30 * second,
} as const;

export const menuRules = {
  buttons: 3,
  subButtons: 5,
  nameBytes: 16,
  subNameBytes: 60,
  keyBytes: 128,
  urlBytes: 1024,
} as const;

export const messageRules = {
  /** WeChat names no number; 2,048 bytes is what its SDKs keep to, and what is answered 45002 here. */
  textBytes: 2048,
  articles: 1,
  /** A typing hint disappears after 15 s; it needs something said in the last 30 s. */
  typingMs: 15 * second,
  typingAfterMs: 30 * second,
} as const;

/** "Send template message", and what WeChat's staff say of category templates: a value that breaks its type is 47003. */
export const templateRules = {
  /** The same `client_msg_id` to the same receiver is sent once within so long. */
  repeatMs: 10 * minute,
  /** Of an account; those for subscription notifications are counted apart. */
  templates: 25,
} as const;

/** "Mass sending", for a verified service account. */
export const massRules = {
  /** Mass messages that one follower receives in a calendar month. */
  perFollowerAndMonth: 4,
  openidsAtLeast: 2,
  openidsAtMost: 10_000,
  toAllPerDay: 1,
  /** By WeChat id; by openid without limit. */
  previewsByNamePerDay: 100,
  clientMsgIdBytes: 64,
  /** For so long a repeat of `clientmsgid` is recognised. */
  repeatMs: day,
  /** 0 is the fastest. In messages per minute: 800,000, 600,000, 450,000, 300,000, 100,000. */
  speeds: [80, 60, 45, 30, 10],
} as const;

/** "User tags" and "Blacklist". */
export const tagRules = {
  tags: 100,
  tagsPerFollower: 20,
  nameBytes: 30,
  openidsPerBatch: 50,
  openidsPerPage: 10_000,
  /** A tag with more followers cannot be deleted. */
  deletableFollowers: 100_000,
  /** The platform's own tags; the first that an account makes is numbered 100. */
  systemTags: [0, 1, 2],
  firstOwnTag: 100,
  blacklistBatch: 20,
  blacklistPage: 1000,
} as const;

/** "Upload temporary media". */
export const mediaRules = {
  lifeMs: 3 * day,
  bytes: { image: 10 * 2 ** 20, voice: 2 * 2 ** 20, video: 10 * 2 ** 20, thumb: 64 * 2 ** 10 },
} as const;

/** What a value must look like, by the type of its keyword, which is the keyword without its number. */
export const templateTypes: Readonly<Record<string, RegExp>> = {
  thing: /^.{1,20}$/su,
  character_string: /^[!-~]{1,32}$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
  number: /^\d{1,32}$/u,
  letter: /^[A-Za-z]{1,32}$/u,
  symbol: /^[^\p{L}\p{N}\s]{1,5}$/u,
  amount: /^[^\p{L}\p{N}\s]?\d{1,10}(\.\d{1,2})?元?$/u,
  car_number: /^[\p{L}\p{N}]{1,8}$/u,
  phone_number: /^[\d+-]{1,17}$/u,
  name: /^(\p{Script=Han}{1,10}|[A-Za-z ]{1,20})$/u,
  time: /^((\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2}) )?\d{1,2}:\d{2}(:\d{2})?([~-]\d{1,2}:\d{2})?$/u,
  date: /^(\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2})( \d{1,2}:\d{2})?$/u,
};

export const userRules = { openidsPerPage: 10_000, openidsPerBatch: 100 } as const;

export const qrRules = {
  longestSeconds: 30 * (day / second),
  defaultSeconds: 60,
  permanentCodes: 100_000,
  permanentSceneId: 100_000,
  temporarySceneId: 2 ** 32 - 1,
  sceneCharacters: 64,
} as const;

export const oauthRules = {
  /** A code that is not exchanged until then is void. */
  codeLifeMs: 5 * minute,
  tokenLifeSeconds: 7200,
} as const;

/** Calls of `/cgi-bin/clear_quota` per calendar month, Asia/Shanghai. */
export const clearQuotaPerMonth = 10;

export interface CallLimit {
  perDay: number;
  perMinute?: number;
  /** Calls of several paths that are counted together. */
  group?: string;
  /** What the last call of a day is refused with; default 45009. */
  dayErrcode?: number;
  /** The endpoint itself says which of its calls count for the day. */
  countsItself?: true;
}

const massSending = {
  perDay: 100,
  perMinute: 60,
  group: 'mass sending',
  dayErrcode: 45028,
  countsItself: true,
} as const;

/** By path; what is not listed is not limited. */
export const callLimits: Readonly<Record<string, CallLimit>> = {
  '/cgi-bin/token': { perDay: 2000 },
  '/cgi-bin/stable_token': { perDay: 500_000, perMinute: 10_000 },
  '/cgi-bin/menu/create': { perDay: 1000 },
  '/cgi-bin/menu/get': { perDay: 10_000 },
  '/cgi-bin/menu/delete': { perDay: 1000 },
  '/cgi-bin/message/custom/send': { perDay: 500_000 },
  '/cgi-bin/message/template/send': { perDay: 100_000 },
  /** WeChat names no number; it does answer when it is asked for the quota. */
  '/cgi-bin/message/subscribe/bizsend': { perDay: 500_000 },
  '/cgi-bin/message/mass/sendall': massSending,
  '/cgi-bin/message/mass/send': massSending,
  '/cgi-bin/message/mass/delete': { perDay: 10 },
  '/cgi-bin/media/upload': { perDay: 100_000 },
  '/cgi-bin/qrcode/create': { perDay: 100_000 },
  '/cgi-bin/user/get': { perDay: 500 },
  '/cgi-bin/user/info': { perDay: 5_000_000 },
};
