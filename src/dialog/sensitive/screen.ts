import type { CitizenInput } from '../../core/messages.js';
import { simplify } from '../../text/simplify.js';
import type { Release } from '../release.js';
import { findSensitive, reveal } from './sensitive-words.js';

/** What staff should look at in what a citizen sent. */
export type InboundFlag = 'sensitive';

/** The flags of what a citizen sent; empty for nearly everything. */
export function flagInbound({ sensitive }: Release, input: CitizenInput): readonly InboundFlag[] {
  const text = textOf(input);
  if (text === undefined) return NO_FLAGS;
  return findSensitive(sensitive.incoming, reveal(text)).length > 0 ? SENSITIVE : NO_FLAGS;
}

/**
 * A text that is made as the citizen waits, as it may go out: each word that must not is covered with ＊. For texts
 * that quote a citizen; what staff write is checked before it is published.
 */
export function screenOutgoing({ sensitive }: Pick<Release, 'sensitive'>, text: string): string {
  if (findSensitive(sensitive.outgoing, reveal(text)).length === 0) return text;
  const { characters, origins, said } = trace(text);
  const found = findSensitive(sensitive.outgoing, said);
  if (found.length === 0) return text;
  for (const { start, end } of found) {
    const last = origins[end - 1] ?? 0;
    for (let at = origins[start] ?? 0; at <= last; at += 1) characters[at] = COVER;
  }
  // What a covered word held apart may be a word by itself: 代[代办]办.
  return screenOutgoing({ sensitive }, characters.join(''));
}

const NO_FLAGS: readonly InboundFlag[] = [];
const SENSITIVE: readonly InboundFlag[] = ['sensitive'];
const COVER = '＊';

function textOf(input: CitizenInput): string | undefined {
  if (input.kind === 'text') return input.text;
  return input.kind === 'voice' ? input.recognition : undefined;
}

/** As `reveal`, one character at a time: for each unit of the squeezed text, the character that it comes from. */
function trace(text: string) {
  const characters = Array.from(text);
  const origins: number[] = [];
  const breaks: number[] = [];
  let squeezed = '';
  for (const [index, character] of characters.entries()) {
    const kept = simplify(character.normalize('NFKC').toLowerCase()).replace(NO_WORD, '');
    if (kept === '' && squeezed.length > (breaks.at(-1) ?? 0)) breaks.push(squeezed.length);
    squeezed += kept;
    for (let unit = 0; unit < kept.length; unit += 1) origins.push(index);
  }
  return { characters, origins, said: { text: squeezed, breaks } };
}

const NO_WORD = /[^\p{L}\p{N}]+/gu;
