/** The platform's own words for its error codes. Source: WeChat, "全局返回码", and the page of each call. */
const messages: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40004: 'invalid media type',
  40005: 'invalid file type',
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40016: 'invalid button size',
  40017: 'invalid button type',
  40018: 'invalid button name size',
  40019: 'invalid button key size',
  40020: 'invalid button url size',
  40022: 'invalid sub_menu level',
  40023: 'invalid sub button size',
  40024: 'invalid sub button type',
  40025: 'invalid sub button name size',
  40026: 'invalid sub button key size',
  40027: 'invalid sub button url size',
  40029: 'invalid code',
  40032: 'invalid openid list size',
  40033: 'invalid charset. please check your request, if include \\uxxxx will create fail!',
  40037: 'invalid template_id',
  40052: 'invalid action name',
  40053: 'invalid action info',
  40054: 'invalid sub button url domain',
  40055: 'invalid button url domain',
  40059: 'invalid msg id',
  40066: 'invalid url',
  40125: 'invalid appsecret',
  40130: 'invalid openid list size, at least two openid',
  40163: 'code been used',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41005: 'media data missing',
  41008: 'missing code',
  41009: 'missing openid',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  43004: 'require subscribe',
  43019: 'require remove blacklist',
  43101: 'user refuse to accept the msg',
  44002: 'empty post data',
  44003: 'empty news data',
  44004: 'empty content',
  45001: 'media size out of limit',
  45002: 'content size out of limit',
  45008: 'article size out of limit',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  45015: 'response out of time limit or subscription is canceled',
  45026: 'template num exceeds limit',
  45028: 'has no masssend quota',
  45029: 'qrcode count out of limit',
  45047: 'out of response count limit',
  45056: 'tag count out of limit',
  45057: 'cannot delete a tag with more than 100,000 followers',
  45058: 'cannot modify a system tag',
  45059: 'tags of this user out of limit',
  45065: 'clientmsgid exist',
  45066: 'the same clientmsgid retry too fast',
  45067: 'clientmsgid size out of limit',
  45072: 'invalid command',
  45080: 'need recent interaction with the user',
  45081: 'already in typing state',
  45083: 'speed out of range, should be 0 to 4',
  45084: 'no speed',
  45157: 'tag name exist',
  45158: 'tag name size out of limit',
  45159: 'invalid tag id',
  46003: 'menu no exist',
  47001: 'data format error',
  47003: 'argument invalid!',
  48006: 'forbid to clear quota because of reaching the limit',
  76021: 'cgi_path not found, please check',
  200012: 'the number of private templates out of limit',
  200014: 'invalid tid',
};

/** The platform says no: answered as `{ errcode, errmsg }` with HTTP 200, as it does. */
export class PlatformRefusal extends Error {
  override readonly name = 'PlatformRefusal';
  readonly errcode: number;
  /** What the answer holds beside them. */
  readonly answer: object;

  /** @param more what is wrong in particular, and what the answer holds beside code and message. */
  constructor(errcode: number, more: { detail?: string; answer?: object } = {}) {
    super([platformMessage(errcode), more.detail ?? ''].join(' ').trimEnd());
    this.errcode = errcode;
    this.answer = more.answer ?? {};
  }
}

export function platformMessage(errcode: number): string {
  return messages[errcode] ?? 'error';
}
