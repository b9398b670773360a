import { finishSlices } from '../../../core/finish-slices.js';
import type { Content } from '../../../dialog/content-model.js';
import { compileEmergency } from '../../../dialog/emergency/emergency-words.js';
import { judgeEmergency, listen } from '../../../dialog/emergency/judge-emergency.js';
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
        const judgement = judgeEmergency(emergency, listen(simplify(normaliseText(word))), word);
        if (judgement === undefined || (how === 'contains' && judgement.tier !== 'certain')) continue;
        const where = at('rule', rule.id, ['rules', index], `${how}.${position}`);
        const message = findingSentences.keyword_is_emergency(word, judgement.word);
        yield { rule: 'keyword_is_emergency', severity: 'warning', where, message };
      }
    }
  }
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
