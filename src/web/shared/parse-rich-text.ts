/** A piece of what an account says. */
export type RichTextPart =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  /** Opens a mini-program; `href` is for phones that cannot. */
  | { kind: 'mini_program'; text: string; appId: string; path: string }
  /** A tap says `say` in the citizen's name, `weixin://bizmsgmenu`. */
  | { kind: 'choice'; text: string; id: string; say: string };

const anchor = /<a\b([^<>]*)>([^<]*)<\/a>/gi;
const attribute = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
/** An address that stands in the text as it is; what usually follows one is no part of it. */
const bareAddress = /https?:\/\/[\w\-.~:/?#@!$&*+,;=%]+[\w\-~/#=&%]/gi;

/**
 * Splits a text of an account into text and links. Only `<a href>` is mark-up, as in WeChat; everything else,
 * also an anchor without an address that is safe to open, stays text as it was written.
 */
export function parseRichText(text: string): RichTextPart[] {
  return splitBy(text, anchor, readAnchor, (rest) => splitBy(rest, bareAddress, readAddress, plain));
}

type Split = (rest: string) => RichTextPart[];

function splitBy(
  text: string,
  pattern: RegExp,
  read: (match: RegExpMatchArray) => RichTextPart | undefined,
  between: Split,
): RichTextPart[] {
  const parts: RichTextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const part = read(match);
    if (!part) continue;
    parts.push(...between(text.slice(end, match.index)), part);
    end = match.index + match[0].length;
  }
  return [...parts, ...between(text.slice(end))];
}

function plain(text: string): RichTextPart[] {
  return text === '' ? [] : [{ kind: 'text', text }];
}

function readAddress([address]: RegExpMatchArray): RichTextPart | undefined {
  return { kind: 'link', text: address, href: address };
}

function readAnchor([, attributes = '', text = '']: RegExpMatchArray): RichTextPart | undefined {
  const values = new Map<string, string>();
  for (const [, name = '', double, single] of attributes.matchAll(attribute)) {
    values.set(name.toLowerCase(), (double ?? single ?? '').replaceAll('&amp;', '&'));
  }
  const appId = values.get('data-miniprogram-appid');
  if (appId) return { kind: 'mini_program', text, appId, path: values.get('data-miniprogram-path') ?? '' };
  const href = values.get('href') ?? '';
  if (!URL.canParse(href)) return undefined;
  const { protocol, host, searchParams } = new URL(href);
  if (protocol === 'weixin:' && host === 'bizmsgmenu') {
    const say = searchParams.get('msgmenucontent');
    return say ? { kind: 'choice', text, id: searchParams.get('msgmenuid') ?? '', say } : undefined;
  }
  return ['http:', 'https:', 'tel:'].includes(protocol) ? { kind: 'link', text, href } : undefined;
}
