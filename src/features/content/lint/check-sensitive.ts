import { finishSlices } from '../../../core/finish-slices.js';
import { compileSensitive, findSensitive, reveal } from '../../../dialog/sensitive/sensitive-words.js';
import { citizenTexts } from './citizen-texts.js';
import { findingSentences } from './finding-sentences.js';
import type { Finding, Where } from './finding.js';
import { at, atNode, atReply, placeButtons, type LintSubject } from './lint-subject.js';

/** Words that must not go out, in whatever citizens read, and words that can never be noticed. */
export function* checkSensitive(subject: LintSubject): Generator<Finding> {
  const { outgoing, incoming } = subject.content.sensitive;
  for (const [list, words] of Object.entries({ outgoing, incoming })) {
    for (const [index, word] of words.entries()) {
      if (reveal(word).text !== '') continue;
      const where = at('sensitive', 'sensitive', ['sensitive'], `${list}.${index}`);
      const message = findingSentences.empty_keyword(word);
      yield { rule: 'empty_keyword', severity: 'error', where, message };
    }
  }
  if (outgoing.length === 0) return;
  const words = finishSlices(compileSensitive(outgoing));
  for (const { text, where } of listTexts(subject)) {
    for (const word of new Set(findSensitive(words, reveal(text)).map((hit) => hit.word))) {
      yield {
        rule: 'sensitive_word',
        severity: 'error',
        where,
        message: findingSentences.sensitive_word(word),
      };
    }
  }
}

function* listTexts(subject: LintSubject): Generator<{ text: string; where: Where }> {
  const { settings, replies } = subject.content;
  for (const field of ['name', 'mainMenuTitle'] as const) {
    yield { text: settings[field], where: at('settings', 'settings', ['settings'], field) };
  }
  for (const placed of subject.nodes) {
    yield { text: placed.node.title, where: atNode(placed, 'title') };
  }
  for (const { button, path } of placeButtons(subject.content)) {
    yield { text: button.name, where: at('button', button.name, path, 'name') };
  }
  for (const [index, reply] of replies.entries()) {
    for (const { field, text } of citizenTexts(reply)) yield { text, where: atReply(reply, index, field) };
  }
}
