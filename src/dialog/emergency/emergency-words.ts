import { LRUCache } from 'lru-cache';
import { indexKeywords, type KeywordIndex } from '../../text/keyword-index.js';
import { indexSounds, type SoundIndex } from '../../text/sound-index.js';
import { codesOf, spokenCodesOf } from '../../text/sounds.js';
import type { Content } from '../content-model.js';
import type { Judgement } from './decide-emergency.js';
import { parsePhrase, type Phrase } from './phrase.js';

/**
 * How much a word says by itself:
 * - certain: an emergency, whatever stands around it;
 * - event: one where something says that it is now, or where it is all that is said;
 * - signed: one only where something says that it is now;
 * - doubtful: the citizen is asked.
 */
export type Tier = 'certain' | 'event' | 'signed' | 'doubtful';

export interface DangerWord {
  readonly tier: Tier;
  /** Its place among the kinds: the first one that is hit answers. */
  readonly kind: number;
  /** Simplified, without spaces. */
  readonly word: string;
  /** What must follow, for a phrase with gaps. */
  readonly rest: Phrase['rest'];
  /** Known, too, where one character is a slip, or where it is spelled in pinyin. */
  readonly isRepaired: boolean;
}

export interface EmergencyKind {
  readonly id: string;
  readonly reply: string;
  /** Numbers to call besides 110. */
  readonly dial: readonly string[];
}

/** The emergency words of a release. */
export interface EmergencyWords {
  /** By how they sound. */
  readonly words: SoundIndex<DangerWord>;
  readonly innocent: KeywordIndex<Phrase['rest']>;
  readonly kinds: readonly EmergencyKind[];
  /** What was decided of the latest texts: every message is looked at, and many citizens write the same. */
  readonly recent: LRUCache<string, { readonly judgement: Judgement | undefined }>;
}

const RECENT_TEXTS = 2_000;

/** Compiles the words in slices: how hundreds of them sound takes longer to find out than a message may wait. */
export function* compileEmergency(emergency: Content['emergency']): Generator<undefined, EmergencyWords> {
  const { kinds, innocent, reply } = emergency;
  const general: EmergencyKind = { id: GENERAL_KIND, reply, dial: [] };
  const sounding: { codes: string; value: DangerWord }[] = [];
  let compiled = 0;
  for (const danger of dangerWords(emergency)) {
    const { word, isRepaired } = danger;
    for (const codes of new Set([codesOf(word), ...(isRepaired ? [spokenCodesOf(word)] : [])])) {
      sounding.push({ codes, value: danger });
    }
    compiled += 1;
    if (compiled % SLICE === 0) yield;
  }
  const phrases = innocent.map(parsePhrase);
  yield;
  return {
    words: indexSounds(sounding),
    innocent: indexKeywords(
      phrases.flatMap(({ first, rest }) => first.map((word) => ({ word, value: rest }))),
    ),
    kinds: [...kinds, general],
    recent: new LRUCache({ max: RECENT_TEXTS }),
  };
}

/** The kind of a cry for help that says not what for. */
export const GENERAL_KIND = 'general';

const SLICE = 50;

function* dangerWords({ kinds, words }: Content['emergency']): Generator<DangerWord> {
  for (const [kind, { certain, events, withSign, doubtful }] of kinds.entries()) {
    yield* spread(kind, 'certain', certain);
    yield* spread(kind, 'event', events);
    yield* spread(kind, 'signed', withSign);
    yield* spread(kind, 'doubtful', doubtful);
  }
  yield* spread(kinds.length, 'certain', words);
}

function* spread(kind: number, tier: Tier, phrases: readonly string[]): Generator<DangerWord> {
  for (const { first, rest } of phrases.map(parsePhrase)) {
    for (const word of first) {
      const isRepaired = (tier === 'certain' || tier === 'event') && rest.length === 0 && word.length > 1;
      yield { tier, kind, word, rest, isRepaired };
    }
  }
}
