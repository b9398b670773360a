import { weighDanger } from './danger-model.js';
import { GENERAL_KIND, type EmergencyKind, type EmergencyWords, type Tier } from './emergency-words.js';
import { hearDangers, type Danger, type Heard } from './hear-dangers.js';

export interface Judgement {
  /** alarm: answered as an emergency. doubtful: the citizen is asked whether it happens now. */
  verdict: 'alarm' | 'doubtful';
  kind: EmergencyKind;
  /** Empty where it reads like danger in words that nobody listed. */
  word: string;
}

/**
 * Whether a normalised, simplified text tells of an emergency: the words of the content, what stands around them and how
 * the text reads as a whole, weighed together (see `weighDanger`); undefined where it does not. `raw`: the text as it
 * was typed.
 */
export function decideEmergency(emergency: EmergencyWords, text: string, raw: string): Judgement | undefined {
  const known = emergency.recent.get(raw);
  if (known !== undefined) return known.judgement;
  const judgement = decide(emergency, text, raw);
  emergency.recent.set(raw, { judgement });
  return judgement;
}

function decide(emergency: EmergencyWords, text: string, raw: string): Judgement | undefined {
  const heard = hearDangers(emergency, text, raw);
  const verdicts = SAYS_TOO_LITTLE.test(text) ? judgeWords(heard) : [...judgeWords(heard), judgeText(heard)];
  const verdict = verdicts.includes('alarm') ? 'alarm' : verdicts.find((one) => one !== undefined);
  if (verdict === undefined) return undefined;
  const [danger] = heard.dangers.toSorted((one, other) => rank(one) - rank(other));
  const kind = danger ? emergency.kinds[danger.kind] : generalKind(emergency);
  return kind && { verdict, kind, word: danger?.word ?? '' };
}

/** Numbers, commands and a single word: only the words of the content know them. */
const SAYS_TOO_LITTLE = /^(?:[\p{N}\p{P}\p{S}\sa-z]{0,6}|.{1,2})$/u;

type Verdict = Judgement['verdict'] | undefined;

/** By words that are nearly all that is said. */
function judgeWords({ dangers }: Heard): Verdict[] {
  return dangers.filter(({ isCry }) => isCry).map(({ tier }) => ALONE[tier]);
}

const ALONE: Readonly<Record<Tier, Verdict>> = {
  certain: 'alarm',
  event: 'alarm',
  doubtful: 'doubtful',
  signed: undefined,
};

function judgeText(heard: Heard): Verdict {
  const odds = weighDanger(heard);
  const isCertain = heard.dangers.some(({ tier, form }) => tier === 'certain' && form === 'exact');
  const { alarm, doubtful } = isCertain ? FROM.certain : FROM.other;
  if (odds >= alarm) return 'alarm';
  return odds >= doubtful ? 'doubtful' : undefined;
}

/**
 * Log-odds, set on labelled messages that were not learned from. What a clerk calls an emergency whatever stands around
 * it is one among words that nobody knows, and is passed over only where all else speaks against it.
 */
const FROM = {
  certain: { alarm: -2, doubtful: -2.5 },
  other: { alarm: 1, doubtful: -0.5 },
};

/** What happens now before what is told calmly, then the kind that stands first. */
function rank({ now, calm, kind }: Danger): number {
  return (calm > now ? 1_000 : 0) + kind;
}

function generalKind({ kinds }: EmergencyWords): EmergencyKind {
  const kind = kinds.find(({ id }) => id === GENERAL_KIND);
  if (kind === undefined) throw new TypeError('the general kind is compiled into every release');
  return kind;
}
