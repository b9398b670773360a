/**
 * A form that is filled in within the chat, as data: which steps it asks, what it promises about personal
 * information, and what is asked of which service in the end. All sentences are for citizens and in Chinese.
 */
import { z } from 'zod';
import { contentId } from '../content-model.js';

const sentence = z.string().trim().min(1);
const key = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]{0,39}$/, 'a key is a camelCase word')
  .describe('the name of the value in the request');

/** Feature and verb: `messages.leave`. */
const requestName = z.string().regex(/^[a-z]+\.[a-z]+$/);

const stepHead = {
  key,
  /** What the value is called in the review: 联系电话. */
  label: sentence.max(12),
  question: sentence.max(300),
  /** Said on 帮助 and after an answer that could not be used. */
  help: sentence.max(300).optional(),
  /** Whether 跳过 passes over it. */
  optional: z.boolean().default(false),
  /** Asked only after consent, sealed, and shown masked. */
  personal: z.boolean().default(false),
  /** Said instead of the type's own sentence when an answer cannot be used; says what to do. */
  fault: sentence.max(100).optional(),
  /**
   * A request that is made as soon as the step is answered. Its facts become hidden values of the form, but for `said`,
   * which is told above the next question, and `steps`, `BroughtSteps` that are asked next, in place of those that it
   * brought before. Refused: the sentence is said, and the step is asked again.
   */
  onAnswer: requestName.optional(),
  /** Codes of refusal of the submission that this step can mend: it is asked again then. */
  asksAgainOn: z.array(z.string()).default([]),
};

const fixedOptionSchema = z.strictObject({
  value: sentence.max(64),
  label: sentence.max(40),
  /** What citizens say for it besides the label. */
  words: z.array(sentence.max(30)).default([]),
  /** The form that is gone on with instead; it gets the answers to steps of the same key. */
  opens: contentId.optional(),
});

/** An option that only a service knows, as it is now. */
export const liveOptionSchema = z.object({
  ...fixedOptionSchema.shape,
  label: sentence.max(120),
  /** Shown behind the label: 余 3. */
  note: sentence.max(20).optional(),
  /** Shown and not to be had, and why: 已满. */
  disabled: sentence.max(20).optional(),
});

/** The facts of a request for options; without any, the form closes with the sentence. */
export const liveOptionsSchema = z.object({
  options: z.array(liveOptionSchema).max(400),
  sentence: z.string().optional(),
});

/** A day, or a number of days from today on, today being 0 and the day before −1; in Asia/Shanghai. */
const dayLimit = z.union([z.iso.date(), z.int().min(-40_000).max(40_000)]);

export const formStepSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...stepHead,
    type: z.literal('text'),
    /** In characters as people count them. */
    min: z.int().min(1).default(1),
    max: z.int().min(1).max(1_000).default(300),
  }),
  z.strictObject({
    ...stepHead,
    type: z.literal('number'),
    min: z.number().default(0),
    max: z.number().default(1_000_000),
    integer: z.boolean().default(true),
  }),
  z.strictObject({
    ...stepHead,
    type: z.literal('date'),
    earliest: dayLimit.optional(),
    latest: dayLimit.optional(),
  }),
  z.strictObject({
    ...stepHead,
    type: z.literal('choice'),
    options: z.union([
      z.array(fixedOptionSchema).min(2).max(20),
      /** The request that tells them, each time that the step is asked or answered; its payload is a `Submission`. */
      z.strictObject({ ask: requestName }),
    ]),
  }),
  z.strictObject({ ...stepHead, type: z.literal('phone') }),
  z.strictObject({ ...stepHead, type: z.literal('idNumber') }),
  z.strictObject({ ...stepHead, type: z.literal('image') }),
  z.strictObject({ ...stepHead, type: z.literal('location') }),
  z.strictObject({ ...stepHead, type: z.literal('confirm') }),
]);

/** Steps that one request may bring along; with their options they are stored with every message. */
const mostBrought = 16;
/** In UTF-16 units of their JSON. */
const longestBrought = 8_000;

/** A step that only a service knows. It can be answered from what it says itself, and leads to nothing else. */
const broughtStepSchema = formStepSchema
  .refine(({ type }) => type !== 'image' && type !== 'location' && type !== 'confirm', {
    error: 'a step that is brought along is answered in words',
  })
  .refine((step) => !isLive(step) && step.onAnswer === undefined && !leadsAway(step), {
    error: 'a step that is brought along asks no service and leads to no other form',
  })
  .refine(isAnswerable, { error: 'there is no answer to it' });

/** What a request may bring along; personal ones only into a form that has a privacy notice. */
export const broughtStepsSchema = z
  .array(broughtStepSchema)
  .max(mostBrought)
  .refine((steps) => new Set(steps.map(({ key }) => key)).size === steps.length, {
    error: 'two steps have one key',
  })
  .refine((steps) => JSON.stringify(steps).length <= longestBrought, { error: 'too much to keep' });

/** What the law wants said before personal information is collected (个人信息保护法, articles 17 and 35). */
export const privacyNoticeSchema = z.strictObject({
  collector: sentence.max(60).describe('who collects it'),
  purpose: sentence.max(200),
  retentionDays: z.int().min(1).max(3_650),
  rights: sentence.max(200).describe('how to look at it, correct it or have it deleted'),
});

export const formSchema = z
  .strictObject({
    id: contentId,
    title: sentence.max(20),
    /** Said once, above the first question. */
    intro: sentence.max(300).optional(),
    /** Texts that open the form from anywhere, whole; the first is the one that citizens are told. */
    words: z.array(sentence.max(20)).min(1),
    /** Whether the form is about the answer that was given last. */
    aboutLastAnswer: z.boolean().default(false),
    privacy: privacyNoticeSchema.optional(),
    /** A form without steps is submitted as it is opened. */
    steps: z.array(formStepSchema).max(20),
    /** Whether everything is shown and confirmed before it is submitted. */
    reviewed: z.boolean().default(true),
    /** Said above what is shown then, instead of the general sentence; `{name}` stands for the hidden value. */
    review: sentence.max(60).optional(),
    /** The request that submits it; its payload is a `Submission`. */
    submit: requestName,
    /** Said when it was accepted; `{name}` stands for the fact of that name in the outcome. */
    done: sentence.max(300),
    /** The request that undoes what its steps have done, when it is left by 取消; its payload is a `Submission`. */
    leave: requestName.optional(),
    /** Said when it is left, instead of the general sentence. */
    left: sentence.max(100).optional(),
    /** How long a form that was left can be gone on with. 0: not at all, and a refused submission closes it. */
    draftDays: z.int().min(0).max(30).default(7),
  })
  .refine(({ privacy, steps }) => privacy !== undefined || !steps.some(({ personal }) => personal), {
    error: 'a form with a personal step needs a privacy notice',
    path: ['privacy'],
  })
  .refine(({ steps }) => !steps.some((step) => step.personal && isLive(step)), {
    error: 'what was shown is stored as it is, so options of a service cannot be personal',
    path: ['steps'],
  })
  .refine(({ steps }) => new Set(steps.map(({ key }) => key)).size === steps.length, {
    error: 'two steps have one key',
    path: ['steps'],
  });

export type Form = z.output<typeof formSchema>;
export type FormInput = z.input<typeof formSchema>;
export type FormStep = z.output<typeof formStepSchema>;
export type StepOf<Type extends FormStep['type']> = Extract<FormStep, { type: Type }>;
/** A choice out of what only a service knows. */
export type LiveStep = StepOf<'choice'> & { options: { ask: string } };
export type BroughtSteps = z.input<typeof broughtStepsSchema>;
export type LiveOption = z.output<typeof liveOptionSchema>;
export type FixedOption = z.output<typeof fixedOptionSchema>;
export type PrivacyNotice = z.output<typeof privacyNoticeSchema>;

export function isLive(step: FormStep): step is LiveStep {
  return step.type === 'choice' && 'ask' in step.options;
}

/** Whether its limits leave anything to be said. */
function isAnswerable(step: FormStep): boolean {
  if (step.type === 'number' && step.integer) return Math.ceil(step.min) <= Math.floor(step.max);
  if (step.type === 'number' || step.type === 'text') return step.min <= step.max;
  if (step.type !== 'date') return true;
  const { earliest, latest } = step;
  return typeof earliest !== typeof latest || earliest === undefined || earliest <= (latest ?? earliest);
}

function leadsAway(step: FormStep): boolean {
  return (
    step.type === 'choice' &&
    !('ask' in step.options) &&
    step.options.some(({ opens }) => opens !== undefined)
  );
}

/** What a form asks of its service: the payload of every request that it makes. */
export const submissionSchema = z.object({
  form: z.string(),
  /** The answers by key; a step that was passed over is absent. */
  values: z.record(z.string(), z.unknown()),
  /** The hidden values, as earlier requests of the same form gave them. */
  facts: z.record(z.string(), z.unknown()).optional(),
  /** The notice that was agreed to, by its version, and when: milliseconds since the epoch, UTC. */
  consent: z.object({ notice: z.string(), at: z.number() }).optional(),
  /** The answer that the form is about. */
  about: z.object({ reply: z.string(), release: z.int() }).optional(),
});
