import { z } from 'zod';
import { broughtStepsSchema, type BroughtSteps } from '../../../dialog/forms/form-model.js';
import type { JsonValue } from '../../../dialog/request.js';
import type { Activity, ActivityGroup, ActivityQuestion } from '../activity.js';
import type { RegistrationForm } from '../registration-desk.js';
import type { StatedFacts } from '../registration.js';
import type { Wish } from './activity-wish.js';
import { chatPhrases } from './chat-phrases.js';

/**
 * What an activity asks of whoever wants to be in a group, as steps of a form. Null: more than a chat can keep.
 * What is written freely may tell anything of anybody, so it is personal, as are school and district.
 */
export function questionSteps(activity: Activity, { condition }: ActivityGroup): JsonValue {
  const { schools, districts } = condition;
  const steps = [
    ...(schools ? [statedStep('school', schools)] : []),
    ...(districts ? [statedStep('district', districts)] : []),
    ...activity.questions.map(questionStep),
  ];
  return broughtStepsSchema.safeParse(steps).success ? z.json().parse(steps) : null;
}

export function answersIn({ questions }: Activity, { values }: Wish): RegistrationForm['answers'] {
  const given = questions.flatMap(({ key }) => {
    const answer = values[stepKey(key)];
    return typeof answer === 'string' || typeof answer === 'number' ? [[key, answer] as const] : [];
  });
  return Object.fromEntries(given);
}

/** What was stated, in the words of the condition where it means one of them. */
export function statedIn(group: ActivityGroup | undefined, { values }: Wish): StatedFacts {
  const { school, district } = values;
  return {
    ...(school !== undefined && { school: asNamed(group?.condition.schools, school) }),
    ...(district !== undefined && { district: asNamed(group?.condition.districts, district) }),
  };
}

type StatedKey = keyof StatedFacts;
type StepInput = BroughtSteps[number];

/** A choice where it can be seen at a glance; a long list is written. */
const mostNames = 15;

function statedStep(key: StatedKey, names: readonly string[]): StepInput {
  const { label, question, write, other } = chatPhrases[key];
  const head = { key, label, personal: true };
  if (names.length > mostNames) return { ...head, type: 'text', question: write, max: 30 };
  const options = [...names, other].map((name) => ({ value: name, label: name }));
  return { ...head, type: 'choice', question, options };
}

function questionStep(question: ActivityQuestion): StepInput {
  const { label, question: sentence, optional } = question;
  const head = { key: stepKey(question.key), label, question: sentence, optional };
  switch (question.type) {
    case 'text':
      return { ...head, type: 'text', max: question.max, personal: true };
    case 'number':
      return { ...head, type: 'number', min: question.min, max: question.max, integer: false };
    case 'date':
      return { ...head, type: 'date', personal: true };
    case 'choice':
      return {
        ...head,
        type: 'choice',
        options: question.options.map((name) => ({ value: name, label: name })),
      };
  }
}

/** No step of the form has such a key. */
function stepKey(key: string): string {
  return `ask${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}

/** What was written, without blanks, is one of the names, or stands in one of them only. */
function asNamed(names: readonly string[] = [], written: string): string {
  const bare = written.replace(/\s/g, '');
  const whole = names.find((name) => name.replace(/\s/g, '') === bare);
  const [only, ...others] = names.filter((name) => name.includes(bare));
  return whole ?? (only !== undefined && others.length === 0 ? only : written);
}
