import { seededRandom } from '../../../src/core/seeded-random.js';

/** What citizens say in the benchmark; taken from the content that the server answers from. */
export interface Vocabulary {
  numbers: readonly string[];
  keywords: readonly string[];
  /** Sentences that lead nowhere. */
  unknown: readonly string[];
  buttonKeys: readonly string[];
  scenes: readonly string[];
}

export interface MixOptions {
  vocabulary: Vocabulary;
  citizens: number;
  /** Of the crowd, where several write at once; 0 if absent. */
  firstCitizen?: number | undefined;
  seed: number;
  /** Each citizen writes once, in turn; then anybody at `random`, or all again `in-turn`. */
  order: 'random' | 'in-turn';
}

/** One message of a citizen, before it is signed. */
export interface MixedMessage {
  /** 0, 1, 2 … within the mix. */
  ordinal: number;
  openid: string;
  xml: string;
  /** What an echo says to it. */
  echo: string;
  /** Whether Suishen has something to say to it. */
  answered: boolean;
}

interface MixPart {
  what: string;
  percent: number;
  /** Null: a text. */
  event: string | null;
  /** What the text, or the event's key, is drawn from. */
  words: (vocabulary: Vocabulary) => readonly string[];
  answered: boolean;
}

/** The fixed mix. An opened link is recorded and not answered. */
const parts: readonly MixPart[] = [
  { what: 'menu numbers', percent: 45, event: null, words: ({ numbers }) => numbers, answered: true },
  { what: 'keywords', percent: 25, event: null, words: ({ keywords }) => keywords, answered: true },
  { what: 'unknown texts', percent: 15, event: null, words: ({ unknown }) => unknown, answered: true },
  { what: 'buttons', percent: 8, event: 'CLICK', words: ({ buttonKeys }) => buttonKeys, answered: true },
  { what: 'links', percent: 4, event: 'VIEW', words: () => ['https://www.meizhou.gov.cn/'], answered: false },
  { what: 'QR codes', percent: 2, event: 'SCAN', words: ({ scenes }) => scenes, answered: true },
  { what: 'new followers', percent: 1, event: 'subscribe', words: () => [''], answered: true },
];

/** One entry per percent. */
const hundred: readonly MixPart[] = parts.flatMap((part) => Array.from({ length: part.percent }, () => part));

export const mixDescription = parts.map(({ what, percent }) => `${what} ${percent} %`).join(', ');

/** Our account, as the platform addresses it. */
export const accountOpenid = 'gh_7f083739789a';

/** An endless stream of distinct messages. */
export class MessageMix {
  readonly #options: MixOptions;
  readonly #random: () => number;
  /** The second of each citizen's last event: an event has no id, so two of one second would be one event. */
  readonly #lastEvent: Float64Array;
  #made = 0;

  constructor(options: MixOptions) {
    this.#options = options;
    this.#random = seededRandom(options.seed);
    this.#lastEvent = new Float64Array(options.citizens);
  }

  /** The next message, sent at `now` (milliseconds since the epoch). */
  next(now: number): MixedMessage {
    const { citizens, firstCitizen = 0, order, vocabulary } = this.#options;
    const ordinal = this.#made++;
    const inTurn = order === 'in-turn' || ordinal < citizens;
    const citizen = inTurn ? ordinal % citizens : Math.floor(this.#random() * citizens);
    const { event, words, answered } = this.#pick(hundred);
    const word = this.#pick(words(vocabulary));
    const openid = `oBENCH${String(firstCitizen + citizen).padStart(22, '0')}`;
    const xml =
      event === null
        ? textXml(openid, word, now, ordinal)
        : eventXml(openid, event, word, this.#eventSecond(citizen, now));
    return { ordinal, openid, xml, echo: event ?? word, answered };
  }

  #eventSecond(citizen: number, now: number): number {
    const second = Math.max(Math.floor(now / 1000), (this.#lastEvent[citizen] ?? 0) + 1);
    this.#lastEvent[citizen] = second;
    return second;
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) throw new TypeError('nothing to choose from');
    return item;
  }
}

function textXml(openid: string, text: string, now: number, ordinal: number): string {
  const id = `6054768${String(ordinal).padStart(12, '0')}`;
  const body = `<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${text}]]></Content><MsgId>${id}</MsgId>`;
  return envelope(openid, Math.floor(now / 1000), body);
}

function eventXml(openid: string, event: string, key: string, second: number): string {
  const names = `<Event><![CDATA[${event}]]></Event><EventKey><![CDATA[${key}]]></EventKey>`;
  return envelope(openid, second, `<MsgType><![CDATA[event]]></MsgType>${names}`);
}

function envelope(openid: string, second: number, body: string): string {
  return (
    `<xml><ToUserName><![CDATA[${accountOpenid}]]></ToUserName><FromUserName><![CDATA[${openid}]]></FromUserName>` +
    `<CreateTime>${second}</CreateTime>${body}</xml>`
  );
}
