/**
 * A form that is filled in within the chat, as data: which steps it asks, what it promises about personal
 * information, and what is asked of which service in the end. All sentences are for citizens and in Chinese.
 */
import { z } from 'zod';
import { contentId } from '../content-model.js';

const sentence = z.string().trim().min(1);
const key = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]{0,31}$/, 'a key is a camelCase word')
  .describe('the name of the value in the request');

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
};

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
    options: z
      .array(
        z.strictObject({
          value: sentence.max(64),
          label: sentence.max(40),
          /** What citizens say for it besides the label. */
          words: z.array(sentence.max(30)).default([]),
        }),
      )
      .min(2)
      .max(20),
  }),
  z.strictObject({ ...stepHead, type: z.literal('phone') }),
  z.strictObject({ ...stepHead, type: z.literal('idNumber') }),
  z.strictObject({ ...stepHead, type: z.literal('image') }),
  z.strictObject({ ...stepHead, type: z.literal('location') }),
  z.strictObject({ ...stepHead, type: z.literal('confirm') }),
]);

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
    steps: z.array(formStepSchema).min(1).max(20),
    /** Feature and verb of the request that submits it: `messages.leave`. Its payload is a `Submission`. */
    submit: z.string().regex(/^[a-z]+\.[a-z]+$/),
    /** Said when it was accepted; `{name}` stands for the fact of that name in the outcome. */
    done: sentence.max(300),
    /** How long a form that was left can be gone on with. */
    draftDays: z.int().min(1).max(30).default(7),
  })
  .refine(({ privacy, steps }) => privacy !== undefined || !steps.some(({ personal }) => personal), {
    error: 'a form with a personal step needs a privacy notice',
    path: ['privacy'],
  })
  .refine(({ steps }) => new Set(steps.map(({ key }) => key)).size === steps.length, {
    error: 'two steps have one key',
    path: ['steps'],
  });

export type Form = z.output<typeof formSchema>;
export type FormInput = z.input<typeof formSchema>;
export type FormStep = z.output<typeof formStepSchema>;
export type StepOf<Type extends FormStep['type']> = Extract<FormStep, { type: Type }>;
export type PrivacyNotice = z.output<typeof privacyNoticeSchema>;

/** What a submitted form asks of its service; the payload of the request. */
export const submissionSchema = z.object({
  form: z.string(),
  /** The answers by key; a step that was passed over is absent. */
  values: z.record(z.string(), z.unknown()),
  /** The notice that was agreed to, by its version, and when: milliseconds since the epoch, UTC. */
  consent: z.object({ notice: z.string(), at: z.number() }).optional(),
  /** The answer that the form is about. */
  about: z.object({ reply: z.string(), release: z.int() }).optional(),
});
