import { z } from 'zod';
import { broughtStepsSchema } from './forms/form-model.js';

const shownChoiceSchema = z.union([
  z.object({ number: z.int(), node: z.string() }),
  z.object({ number: z.int(), reply: z.string() }),
  z.object({ number: z.int(), form: z.string() }),
]);

const menuFrameSchema = z.object({
  kind: z.literal('menu'),
  /** Ids of the nodes from the top of the tree to where the citizen is; empty in the main menu. */
  path: z.array(z.string()).readonly(),
  /** The last numbered list that the citizen saw. Ids, so that a number means the same after a new release. */
  shown: z.array(shownChoiceSchema).readonly(),
  /** When the place is forgotten: milliseconds since the epoch, UTC. */
  until: z.number(),
});

/** What a citizen answered to a step of a form; null: passed over. */
const formAnswerSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.object({ mediaId: z.string(), url: z.string() }),
  z.object({ latitude: z.number(), longitude: z.number(), label: z.string() }),
  /** One of the options that a service named, and how it was shown. */
  z.object({ value: z.string(), label: z.string() }),
]);

/** By the key of the step. */
export const formAnswersSchema = z.record(z.string(), formAnswerSchema);

/** What a form holds so far. */
const formContents = {
  /** The form's id, and the version under which the answers were given. */
  form: z.string(),
  version: z.string(),
  /** Sealed before the first write; see the journal. */
  answers: formAnswersSchema,
  /** What was said to the privacy notice of that version, and when: milliseconds since the epoch, UTC. */
  consent: z.object({ notice: z.string(), agreed: z.boolean(), at: z.number() }).optional(),
  /** The answer that the form is about, where it is about one. */
  about: z.object({ reply: z.string(), release: z.int() }).optional(),
};

const formFrameSchema = z.object({
  kind: z.literal('form'),
  ...formContents,
  stage: z.enum(['resume', 'consent', 'ask', 'review']),
  /** While asking: the key of the step. */
  step: z.string().optional(),
  /** The values of the options that the citizen saw, in order, so that a number means what it stood for. */
  shown: z.array(z.string()).readonly().optional(),
  /** Where in a long list they began; 0 if absent. */
  shownFrom: z.int().min(0).optional(),
  /** Steps that had one option only and were answered for the citizen: going back passes over them. */
  onlyOne: z.array(z.string()).readonly().optional(),
  /** Hidden values: what the requests of the steps gave. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** Steps that the requests of other steps brought along, by the key of the step that they follow on. */
  brought: z.record(z.string(), broughtStepsSchema).optional(),
  /** How often in a row the answer could not be used. */
  misses: z.int().optional(),
  /** What comes in now is a personal field. */
  isPrivate: z.literal(true).optional(),
  /** What had been filled in could not be read back: the citizen is to begin anew. */
  isLost: z.literal(true).optional(),
  /** The place in the menu to which the form returns. */
  back: menuFrameSchema.nullable(),
  until: z.number(),
});

const formDraftSchema = z.object({
  ...formContents,
  /** When it is thrown away: milliseconds since the epoch, UTC. */
  until: z.number(),
});

/** The last answer that came from the content: what 有用, 没用 and 纠错 are about. */
const lastAnswerSchema = z.object({
  reply: z.string(),
  /** Number of the release that it came from. */
  release: z.int(),
  /** When it was given: milliseconds since the epoch, UTC. No two answers to one citizen share it. */
  at: z.number(),
});

/** 正在发生吗？ was asked and not yet answered. */
const doubtSchema = z.object({
  /** Id of the kind of emergency that may be. */
  kind: z.string(),
  /** The word that raised the doubt, and the beginning of the message, for the duty officer. */
  word: z.string(),
  said: z.string(),
  /** When the question is forgotten: milliseconds since the epoch, UTC. */
  until: z.number(),
});

/** How fast a citizen writes: messages since the minute began, in milliseconds since the epoch, UTC. */
const paceSchema = z.object({ since: z.number(), count: z.int() });

/** Where a citizen is in the dialog; plain JSON, stored with each message. For reading it back from there. */
export const dialogStateSchema = z.object({
  frame: z.discriminatedUnion('kind', [menuFrameSchema, formFrameSchema]).nullable(),
  last: lastAnswerSchema.optional(),
  /** Forms that were left before they were submitted, the latest first. */
  drafts: z.array(formDraftSchema).readonly().optional(),
  doubt: doubtSchema.optional(),
  pace: paceSchema.optional(),
});

export type ShownChoice = z.output<typeof shownChoiceSchema>;
/** The place in the menu tree. */
export type MenuFrame = z.output<typeof menuFrameSchema>;
/** An open form. */
export type FormFrame = z.output<typeof formFrameSchema>;
export type FormDraft = z.output<typeof formDraftSchema>;
export type FormAnswer = z.output<typeof formAnswerSchema>;
export type FormAnswers = z.output<typeof formAnswersSchema>;
export type LastAnswer = z.output<typeof lastAnswerSchema>;
export type Doubt = z.output<typeof doubtSchema>;
export type Pace = z.output<typeof paceSchema>;
export type DialogState = z.output<typeof dialogStateSchema>;

/** Where everyone begins: at no place, which is answered as the main menu. */
export const initialState: DialogState = { frame: null };
