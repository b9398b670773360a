import { haveSameTone, soundsOf, type Sounds } from '../../text/sounds.js';
import { squeeze, type Squeezed } from '../../text/squeeze.js';
import {
  GENERAL_KIND,
  type DangerWord,
  type EmergencyKind,
  type EmergencyWords,
  type Tier,
} from './emergency-words.js';
import { endOfRest } from './phrase.js';
import { findSigns, type Sign, type SignHit } from './signs.js';

export interface Judgement {
  /** alarm: answered as an emergency. doubtful: the citizen is asked whether it happens now. */
  verdict: 'alarm' | 'doubtful';
  kind: EmergencyKind;
  word: string;
  /** How much the word says by itself. */
  tier: Tier;
}

/** A normalised, simplified text as the judgements of an emergency read it. */
export function listen(text: string): Squeezed {
  return squeeze(text.slice(0, LONGEST_READ));
}

/** Each word is weighed against each sign; WeChat lets people write some 600 汉字. */
const LONGEST_READ = 1_000;

/**
 * Whether a text tells of an emergency; undefined where it does not. `raw`: as it was typed.
 * What is found is judged by what stands around it: 着火了快来 is an emergency, 着火怎么赔 is a question.
 * A text without danger words costs one pass.
 */
export function judgeEmergency(
  emergency: EmergencyWords,
  said: Squeezed,
  raw: string,
): Judgement | undefined {
  const judgement = judge(emergency, said, raw);
  if (judgement !== undefined || !STUTTER.test(said.text)) return judgement;
  return judge(emergency, withoutStutter(said), raw);
}

/**
 * Whether a text only cries, for no danger that it names, and in an innocent phrase: 救命这也太好吃了. What names a
 * danger is never excused: 气枪 may be a toy, and it may be aimed at somebody.
 */
export function isExcused(emergency: EmergencyWords, said: Squeezed): boolean {
  const hits = findHits(emergency, said);
  const names = ({ danger }: Hit) => emergency.kinds[danger.kind]?.id !== GENERAL_KIND;
  return hits.length > 0 && !hits.some(names) && findDangers(emergency, said, hits).length === 0;
}

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

function judge(emergency: EmergencyWords, said: Squeezed, raw: string): Judgement | undefined {
  const hits = findDangers(emergency, said, findHits(emergency, said));
  if (hits.length === 0) return undefined;
  const context: Context = {
    text: said.text,
    signs: findSigns(said),
    clauses: findClauses(said),
    isShouted: SHOUT.test(raw),
  };
  let best: { verdict: Judgement['verdict']; hit: Hit } | undefined;
  for (const hit of hits) {
    const verdict = judgeHit(hit, context);
    if (verdict === undefined) continue;
    if (best === undefined || rank(verdict, hit) < rank(best.verdict, best.hit)) best = { verdict, hit };
  }
  const kind = best && emergency.kinds[best.hit.danger.kind];
  if (best === undefined || kind === undefined) return undefined;
  const { word, tier } = best.hit.danger;
  return { verdict: best.verdict, kind, word, tier };
}

/** An alarm before a doubt; then the kind that stands first. */
function rank(verdict: Judgement['verdict'], { danger }: Hit): number {
  return (verdict === 'alarm' ? 0 : 1_000) + danger.kind;
}

function findHits({ words }: EmergencyWords, said: Squeezed): Hit[] {
  const sounds = soundsOf(said);
  return words
    .findAll(sounds.codes)
    .flatMap(({ value, start, end }) => placeHit(value, said.text, sounds, start, end) ?? []);
}

/** Those that no innocent phrase explains. */
function findDangers({ innocent }: EmergencyWords, said: Squeezed, hits: readonly Hit[]): readonly Hit[] {
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

/** Letters; short spellings stand for many words (dawo is 打我 and 大我), so some are passed over, some need a sign. */
const SHORTEST_SPELLING = 4;
const SURE_SPELLING = 6;

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

function judgeHit(hit: Hit, context: Context): Judgement['verdict'] | undefined {
  const { tier } = hit.danger;
  const isCry = isBareCry(hit, context);
  if (hit.form === 'loose' && !isCry) return undefined;
  if (tier === 'certain') return 'alarm';
  const around = weigh(hit, context);
  if (tier === 'event') return judgeEvent(hit, around, isCry);
  if (tier === 'signed') return judgeSigned(around);
  if (around.calm > 0) return around.now === 3 ? 'doubtful' : undefined;
  return around.now === 3 ? 'alarm' : 'doubtful';
}

/** What speaks for now, 0 to 3, and what against it: 1 a habit, 2 a question, 3 past or remote. */
interface Weight {
  now: number;
  calm: number;
  /** Something is asked in another clause. */
  asked: boolean;
}

function judgeEvent(
  { form, start, end }: Hit,
  { now, calm, asked }: Weight,
  isCry: boolean,
): Judgement['verdict'] | undefined {
  if (calm === 3) return now === 3 ? 'doubtful' : undefined;
  if (calm === 2) return now === 3 ? 'alarm' : now === 2 ? 'doubtful' : undefined;
  if (calm === 1) return now === 3 ? 'alarm' : 'doubtful';
  if (form === 'spelled' && end - start < SURE_SPELLING && now < 2) return undefined;
  if (now >= 2 || (!asked && (now > 0 || isCry))) return 'alarm';
  return form === 'exact' ? 'doubtful' : undefined;
}

function judgeSigned({ now, calm, asked }: Weight): Judgement['verdict'] | undefined {
  if (calm === 3 || calm === 1) return undefined;
  if (calm === 2 || asked) return now === 3 ? 'doubtful' : undefined;
  if (now >= 2) return 'alarm';
  return now === 1 ? 'doubtful' : undefined;
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
  const weight: Weight = { now: happened ? 1 : 0, calm: 0, asked: false };
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
      weight.asked = true;
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
