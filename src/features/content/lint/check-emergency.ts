import { finishSlices } from '../../../core/finish-slices.js';
import type { Content } from '../../../dialog/content-model.js';
import { decideEmergency } from '../../../dialog/emergency/decide-emergency.js';
import { compileEmergency, type EmergencyWords } from '../../../dialog/emergency/emergency-words.js';
import { hearDangers } from '../../../dialog/emergency/hear-dangers.js';
import { hasEmptyWord, parsePhrase } from '../../../dialog/emergency/phrase.js';
import { normaliseText } from '../../../text/normalise.js';
import { simplify } from '../../../text/simplify.js';
import { findingSentences } from './finding-sentences.js';
import type { Finding, Where } from './finding.js';
import { at, type LintSubject } from './lint-subject.js';

/** Emergency words that can never be noticed. */
export function* checkEmergency({ content: { emergency } }: LintSubject): Generator<Finding> {
  const innocent = new Set(
    emergency.innocent.map(parsePhrase).flatMap(({ first, rest }) => (rest.length === 0 ? first : [])),
  );
  for (const { written, where } of listPhrases(emergency)) {
    const { first, rest } = parsePhrase(written);
    if (hasEmptyWord(written)) {
      const message = findingSentences.empty_keyword(written);
      yield { rule: 'empty_keyword', severity: 'error', where, message };
    }
    if (rest.length > 0) continue;
    for (const word of first.filter((word) => innocent.has(word))) {
      const message = findingSentences.emergency_word_innocent(word);
      yield { rule: 'emergency_word_innocent', severity: 'error', where, message };
    }
  }
}

/** Keywords that get the emergency answer: as a whole message, or wherever they occur. */
export function* checkEmergencyKeywords({ content }: LintSubject): Generator<Finding> {
  const emergency = finishSlices(compileEmergency(content.emergency));
  for (const [index, rule] of content.rules.entries()) {
    for (const how of ['whole', 'contains'] as const) {
      for (const [position, word] of rule[how].entries()) {
        const danger = dangerIn(emergency, word, how);
        if (danger === undefined) continue;
        const where = at('rule', rule.id, ['rules', index], `${how}.${position}`);
        const message = findingSentences.keyword_is_emergency(word, danger);
        yield { rule: 'keyword_is_emergency', severity: 'warning', where, message };
      }
    }
  }
}

/** The danger word by which a message is taken for an emergency that is this keyword, or that contains it. */
function dangerIn(emergency: EmergencyWords, keyword: string, how: 'whole' | 'contains'): string | undefined {
  const text = simplify(normaliseText(keyword));
  if (how === 'whole') {
    const judgement = decideEmergency(emergency, text, keyword);
    // Without a listed word only an alarm comes before keywords; a doubt is asked about where nothing else is known.
    return judgement?.word || (judgement?.verdict === 'alarm' ? keyword : undefined);
  }
  return hearDangers(emergency, text, keyword).dangers.find(({ tier }) => tier === 'certain')?.word;
}

const LISTS = ['certain', 'events', 'withSign', 'doubtful'] as const;

function* listPhrases(emergency: Content['emergency']): Generator<{ written: string; where: Where }> {
  const place = (field: string) => at('emergency', 'emergency', ['emergency'], field);
  for (const [index, written] of emergency.words.entries()) yield { written, where: place(`words.${index}`) };
  for (const [kind, lists] of emergency.kinds.entries()) {
    for (const list of LISTS) {
      for (const [index, written] of lists[list].entries()) {
        yield { written, where: place(`kinds.${kind}.${list}.${index}`) };
      }
    }
  }
}
