import { haveSameTone, soundsOf, type Sounds } from '../../text/sounds.js';
import { squeeze, type Squeezed } from '../../text/squeeze.js';
import { GENERAL_KIND, type DangerWord, type EmergencyWords } from './emergency-words.js';
import { endOfRest } from './phrase.js';
import { findSigns, type Sign, type SignHit } from './signs.js';

/** What a message says of danger: the words of the content that stand in it, and what stands around them. */
export interface Heard {
  /** Simplified, without spaces; where it stammers and says nothing otherwise, without that. */
  readonly text: string;
  readonly signs: readonly SignHit[];
  /** Those words that no innocent phrase explains. */
  readonly dangers: readonly Danger[];
  /**
   * It only cries, for no danger that it names, and in an innocent phrase: 救命这也太好吃了. What names a danger is
   * never excused: 气枪 may be a toy, and it may be aimed at somebody.
   */
  readonly isExcused: boolean;
}

/** A danger word and what speaks for and against it. */
export interface Danger extends Weight, Pick<DangerWord, 'tier' | 'kind' | 'word'> {
  readonly form: Hit['form'];
  /** It is nearly all that is said. */
  readonly isCry: boolean;
}

/**
 * Listens to a normalised, simplified text; `raw`: as it was typed. What is found is weighed by what stands around it:
 * 着火了快来 is an emergency, 着火怎么赔 is a question.
 */
export function hearDangers(emergency: EmergencyWords, text: string, raw: string): Heard {
  const said = squeeze(text.slice(0, LONGEST_READ));
  const heard = hear(emergency, said, raw);
  if (heard.dangers.length > 0 || !STUTTER.test(said.text)) return heard;
  const clear = hear(emergency, withoutStutter(said), raw);
  return clear.dangers.length > 0 ? clear : heard;
}

/** Each word is weighed against each sign; WeChat lets people write some 600 汉字. */
const LONGEST_READ = 1_000;

/** A danger word as it stands in a text. */
interface Hit {
  danger: DangerWord;
  /** slip: another character of the same sound and tone. loose: of the same sound. spelled: in pinyin. */
  form: 'exact' | 'slip' | 'loose' | 'spelled';
  start: number;
  end: number;
  /** Where the first part ends, for a phrase with gaps. */
  firstEnd: number;
}

/** Two doubled characters, or one tripled: 救救救命命. */
const STUTTER = /(\p{Script=Han})\1.*(\p{Script=Han})\2|(\p{Script=Han})\3\3/u;

function withoutStutter({ text }: Squeezed): Squeezed {
  return { text: text.replace(/(\p{Script=Han})\1+/gu, '$1'), breaks: [] };
}

function hear(emergency: EmergencyWords, said: Squeezed, raw: string): Heard {
  const { text } = said;
  const signs = findSigns(said);
  const hits = findHits(emergency, said);
  const context: Context = { text, signs, clauses: findClauses(said), isShouted: SHOUT.test(raw) };
  const dangers = withoutInnocent(emergency, said, hits).flatMap((hit) => {
    const { form } = hit;
    const { tier, kind, word } = hit.danger;
    const isCry = isBareCry(hit, context);
    return form === 'loose' && !isCry ? [] : [{ tier, kind, word, form, isCry, ...weigh(hit, context) }];
  });
  const names = ({ danger }: Hit) => emergency.kinds[danger.kind]?.id !== GENERAL_KIND;
  return { text, signs, dangers, isExcused: hits.length > 0 && dangers.length === 0 && !hits.some(names) };
}

function findHits({ words }: EmergencyWords, said: Squeezed): Hit[] {
  const sounds = soundsOf(said);
  return words
    .findAll(sounds.codes)
    .flatMap(({ value, start, end }) => placeHit(value, said.text, sounds, start, end) ?? []);
}

/** Those that no innocent phrase explains. */
function withoutInnocent({ innocent }: EmergencyWords, said: Squeezed, hits: readonly Hit[]): readonly Hit[] {
  if (hits.length === 0) return hits;
  const spans = innocent.findAll(said.text).flatMap(({ value, start, end }) => {
    const reached = endOfRest(said.text, end, value);
    return reached === undefined ? [] : [{ start, end: reached }];
  });
  return hits.filter((hit) => !spans.some((span) => isInnocent(hit, span, said.text)));
}

/** Whether a phrase covers the first or the last part of a hit, not counting a 了 at its end. */
function isInnocent(
  { start, firstEnd, end }: Hit,
  span: { start: number; end: number },
  text: string,
): boolean {
  const covers = (from: number, to: number) =>
    span.start <= from && to - (text.charAt(to - 1) === '了' ? 1 : 0) <= span.end;
  return covers(start, firstEnd) || (end > firstEnd && covers(end - 1, end));
}

function placeHit(
  danger: DangerWord,
  text: string,
  { starts }: Sounds,
  first: number,
  last: number,
): Hit | undefined {
  const start = starts === null ? first : (starts[first] ?? 0);
  const firstEnd = starts === null ? last : (starts[last] ?? text.length);
  const form = formOf(danger, text.slice(start, firstEnd));
  if (form === undefined) return undefined;
  const end = endOfRest(text, firstEnd, danger.rest);
  return end === undefined ? undefined : { danger, form, start, firstEnd, end };
}

/** How a word is written; undefined where it only sounds as another word does. */
function formOf({ word, isRepaired }: DangerWord, written: string): Hit['form'] | undefined {
  if (written === word) return 'exact';
  if (!isRepaired) return undefined;
  if (/[a-z]/.test(written)) return written.length >= SHORTEST_SPELLING ? 'spelled' : undefined;
  const wrong = Array.from(word, (character, index) => ({ character, other: written.charAt(index) })).filter(
    ({ character, other }) => character !== other,
  );
  const [slip] = wrong;
  if (slip === undefined || wrong.length > 1) return undefined;
  return haveSameTone(slip.character, slip.other) ? 'slip' : 'loose';
}

/** Letters; shorter spellings stand for too many words. */
const SHORTEST_SPELLING = 4;

interface Context {
  text: string;
  isShouted: boolean;
  signs: readonly SignHit[];
  clauses: readonly Clause[];
}

interface Clause {
  start: number;
  end: number;
}

/** What is between two breaks; a text that is written one character at a time is one clause. */
function findClauses({ text, breaks }: Squeezed): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  for (const end of [...breaks, text.length]) {
    if (end - start < 2 && end < text.length) continue;
    clauses.push({ start, end });
    start = end;
  }
  return clauses;
}

/** What speaks for now, 0 to 3, and what against it: 1 a habit, 2 a question, 3 past or remote. */
export interface Weight {
  now: number;
  calm: number;
  /** Something is asked in another clause. */
  isAsked: boolean;
}

const STRENGTH: Readonly<Record<Sign, { now: number } | { calm: number }>> = {
  urgent: { now: 3 },
  present: { now: 2 },
  weak: { now: 1 },
  habit: { calm: 1 },
  question: { calm: 2 },
  past: { calm: 3 },
  remote: { calm: 3 },
};

function weigh(hit: Hit, { text, isShouted, signs, clauses }: Context): Weight {
  const happened = isShouted || HAPPENED.test(text.slice(hit.end, hit.end + 2));
  const weight: Weight = { now: happened ? 1 : 0, calm: 0, isAsked: false };
  if (UNDER_WAY.has(text.charAt(hit.start - 1))) weight.now = 3;
  const start = Math.max(0, ...clauses.map((clause) => (clause.start <= hit.start ? clause.start : 0)));
  const end = Math.min(
    text.length,
    ...clauses.map((clause) => (clause.end >= hit.end ? clause.end : text.length)),
  );
  for (const sign of signs) {
    const strength = STRENGTH[sign.value];
    if ('now' in strength) {
      weight.now = Math.max(weight.now, strength.now);
    } else if (sign.value === 'remote' || (sign.start >= start && sign.end <= end)) {
      weight.calm = Math.max(weight.calm, strength.calm);
    } else if (sign.value === 'question') {
      weight.isAsked = true;
    }
  }
  return weight;
}

/** 了 right behind a word, or one character later: 打我了, 晕倒了, 撞了人了. */
const HAPPENED = /^(?:.?[了啦咗咯撇]|l[ea])/;
const SHOUT = /[!！]{2}/;
/** 在打人, 正打人, 又打人 */
const UNDER_WAY = new Set('在正又');

/** Whether the word is nearly all that is said. */
function isBareCry({ start, end }: Hit, { text }: Context): boolean {
  const rest = (text.slice(0, start) + text.slice(end)).replace(PARTICLES, '');
  return rest.length <= 1;
}

const PARTICLES = /[啊呀啦了哇喂快的吧呜嗯呃哎唉急有]|^(?:a|le|la|ya|o)+$/gu;
