import { weighDanger } from './danger-model.js';
import { GENERAL_KIND, type EmergencyWords } from './emergency-words.js';
import { isExcused, judgeEmergency, listen, type Judgement } from './judge-emergency.js';

/**
 * Whether a normalised, simplified text tells of an emergency: what the words of the content say, held against how the
 * text reads as a whole (see `weighDanger`). The surer the words, the more a text must read like a joke or a question
 * to be none; where words and reading disagree, the citizen is asked. `raw`: the text as it was typed.
 */
export function decideEmergency(emergency: EmergencyWords, text: string, raw: string): Judgement | undefined {
  const known = emergency.recent.get(raw);
  if (known !== undefined) return known.judgement;
  const judgement = decide(emergency, text, raw);
  emergency.recent.set(raw, { judgement });
  return judgement;
}

function decide(emergency: EmergencyWords, text: string, raw: string): Judgement | undefined {
  const said = listen(text);
  const judgement = judgeEmergency(emergency, said, raw);
  if (SAYS_TOO_LITTLE.test(text)) return judgement;
  const odds = weighDanger(said);
  const heard = hearing(judgement);
  const thresholds = THRESHOLDS[heard];
  if (odds < thresholds.doubtful) return undefined;
  if (heard === 'unheard' && odds < OF_EXCUSED && isExcused(emergency, said)) return undefined;
  const verdict = odds < thresholds.alarm ? 'doubtful' : 'alarm';
  return { ...(judgement ?? unheard(emergency)), verdict };
}

/** Numbers, commands and a single word: the words of the content know them. */
const SAYS_TOO_LITTLE = /^(?:[\p{N}\p{P}\p{S}\sa-z]{0,6}|.{1,2})$/u;

/**
 * Log-odds from which a text is doubtful, and from which it alarms, by what its words say; set on a development set.
 */
const THRESHOLDS = {
  certain: { doubtful: Number.NEGATIVE_INFINITY, alarm: -4 },
  alarm: { doubtful: -3.2, alarm: 0 },
  doubtful: { doubtful: -3.2, alarm: 2 },
  unheard: { doubtful: 1, alarm: 2.8 },
};

/** Where a cry is excused, so much is needed for a doubt. */
const OF_EXCUSED = 3;

function hearing(judgement: Judgement | undefined): keyof typeof THRESHOLDS {
  if (judgement === undefined) return 'unheard';
  return judgement.tier === 'certain' && judgement.verdict === 'alarm' ? 'certain' : judgement.verdict;
}

/** A text that reads like danger, in words that nobody listed. */
function unheard({ kinds }: EmergencyWords): Omit<Judgement, 'verdict'> {
  const kind = kinds.find(({ id }) => id === GENERAL_KIND);
  if (kind === undefined) throw new TypeError('the general kind is compiled into every release');
  return { kind, word: '', tier: 'doubtful' };
}
