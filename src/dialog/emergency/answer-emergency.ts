import { maskPersonalNumbers } from '../../core/mask-personal.js';
import { parseChoice } from '../../text/numerals.js';
import { squeeze } from '../../text/squeeze.js';
import { repliesAt, textReply } from '../answer.js';
import type { Doubt } from '../dialog-state.js';
import { renderList } from '../render-list.js';
import { askFirst, type Step } from '../request.js';
import { giveReply, openPlace, stay, type Turn, type Visit } from '../turn.js';
import { emergencyPhrases } from './emergency-phrases.js';
import { GENERAL_KIND } from './emergency-words.js';
import { decideEmergency, type Judgement } from './decide-emergency.js';
import { findSigns } from './signs.js';

/**
 * Answers what may be an emergency, from whatever place; undefined where nothing tells of one.
 * A sure one gets its answer, and a duty officer is alerted; for a doubtful one the citizen is asked, unless there is
 * no word of danger in it: see `askWhetherInDanger`.
 */
export function answerEmergency(visit: Visit, text: string, raw: string): Step | undefined {
  const judgement = decideEmergency(visit.release.emergency, text, raw);
  const isAlarm = judgement?.verdict === 'alarm';
  if (isAlarm && judgement.word !== '') return alarm(visit, { ...judgement, said: raw });
  // 快来啊 names no kind; the question that it answers did.
  const answered = visit.doubt && answerDoubt(visit, visit.doubt, text);
  if (answered) return answered;
  if (isAlarm) return alarm(visit, { ...judgement, said: raw });
  return judgement === undefined || judgement.word === '' ? undefined : doubt(visit, judgement, raw);
}

/** Asks, where a text reads like danger, names none, and is about nothing else that is known for sure. */
export function askWhetherInDanger(visit: Visit, text: string, raw: string): Turn | undefined {
  const judgement = decideEmergency(visit.release.emergency, text, raw);
  return judgement && doubt(visit, judgement, raw);
}

interface Alarm extends Pick<Judgement, 'kind' | 'word'> {
  said: string;
}

/** Answered even where nobody could be alerted. */
function alarm(visit: Visit, { kind, word, said }: Alarm): Step | undefined {
  const turn = giveReply(visit, kind.reply, { step: 'emergency', kind: kind.id, word });
  const payload = { kind: kind.id, word, text: quote(visit, said) };
  return turn && askFirst({ name: 'duty.alert', payload, required: false }, turn);
}

function doubt(visit: Visit, { kind, word }: Judgement, raw: string): Turn {
  const { isItNow, question, happening, notHappening, keys } = emergencyPhrases;
  const choices = [
    { number: 1, title: happening },
    { number: 2, title: notHappening },
  ];
  const text = `${isItNow(kind.dial)}\n\n${question}\n${renderList(choices, keys)}`;
  const turn = stay(visit, [textReply(text)], { step: 'doubtful', kind: kind.id, word });
  const asked: Doubt = { kind: kind.id, word, said: quote(visit, raw), until: visit.now + ASKED_FOR_MS };
  return { ...turn, state: { ...turn.state, doubt: asked } };
}

/** Undefined where the message is no answer: the question is dropped then. */
function answerDoubt(visit: Visit, { kind: id, word, said }: Doubt, text: string): Step | undefined {
  const answer = squeeze(text);
  const choice = parseChoice(text)?.join('-');
  if (choice === '1' || YES.has(answer.text) || findSigns(answer).some(({ value }) => value === 'urgent')) {
    const { kinds } = visit.release.emergency;
    const kind = kinds.find((kind) => kind.id === id) ?? kinds.find((kind) => kind.id === GENERAL_KIND);
    return kind && alarm(visit, { kind, word, said });
  }
  return choice === '2' || NO.has(answer.text) ? giveCalm(visit) : undefined;
}

function giveCalm(visit: Visit): Turn {
  const { root, calm } = visit.release;
  const why = { step: 'calmed' } as const;
  // An open form goes on: its numbers count, so no menu is shown.
  if (visit.form !== null) return stay(visit, repliesAt(calm.alone, visit.now), why);
  return openPlace(visit, root, why, calm.withMenu);
}

/** The beginning of what was said, for the duty officer; numbers masked where a personal field is asked. */
function quote({ form }: Visit, said: string): string {
  const text = said.slice(0, LONGEST_QUOTE);
  return form?.isPrivate ? maskPersonalNumbers(text) : text;
}

/** In UTF-16 units: it is stored with every message until the question is answered. */
const LONGEST_QUOTE = 200;
const ASKED_FOR_MS = 600_000;

const YES = new Set(
  '是 是的 是啊 是呀 正在 正在发生 在发生 发生了 对 对的 对啊 嗯 嗯嗯 有 有的 系 系啊 系呀 现在 现在就 就现在 yes y 真的 真嘅'.split(
    ' ',
  ),
);
const NO = new Set(
  '没有 没 不是 不是的 否 冇 没事 没事了 没有了 没发生 没有发生 不 不在 没有危险 唔系 no n 只是问问 想问问 问问 问一下 没有只是想问问 开玩笑'.split(
    ' ',
  ),
);
