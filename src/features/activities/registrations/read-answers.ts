import { calendarDay } from '../../../core/business-day.js';
import type { ActivityQuestion } from '../activity.js';
import { refuse } from './refusals.js';

export type Answer = string | number;

/**
 * The answers to the questions of an activity, and to nothing else.
 * @throws UserError `bad_answer`: names the question, in `details.key` too.
 */
export function readAnswers(
  questions: readonly ActivityQuestion[],
  given: Readonly<Record<string, Answer>>,
): Record<string, Answer> {
  const read: Record<string, Answer> = {};
  for (const question of questions) {
    const answer = Object.hasOwn(given, question.key) ? given[question.key] : undefined;
    if (answer === undefined || answer === '') {
      if (!question.optional) throw bad(question, '还没有填');
      continue;
    }
    read[question.key] = readAnswer(question, answer);
  }
  return read;
}

function readAnswer(question: ActivityQuestion, answer: Answer): Answer {
  switch (question.type) {
    case 'text': {
      const text = String(answer).trim();
      if (text === '') throw bad(question, '还没有填');
      if (text.length > question.max) throw bad(question, `最多 ${question.max} 个字`);
      return text;
    }
    case 'number':
      if (typeof answer !== 'number' || !(answer >= question.min && answer <= question.max))
        throw bad(question, `应在 ${question.min} 到 ${question.max} 之间`);
      return answer;
    case 'date':
      if (typeof answer !== 'string' || !isDay(answer)) throw bad(question, '不是一个日期');
      return answer;
    case 'choice':
      if (!question.options.some((option) => option === answer))
        throw bad(question, `请从这些里选一个：${question.options.join('、')}`);
      return answer;
  }
}

function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return calendarDay(Number(year), Number(month), Number(day)) === text;
}

function bad({ key, label }: ActivityQuestion, sentence: string) {
  return refuse('bad_answer', `「${label}」${sentence}`, { key });
}
