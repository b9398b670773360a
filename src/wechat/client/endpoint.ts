import { z } from 'zod';

/** One interface of the platform. */
export interface Endpoint<Answer> {
  /** For metrics, logs and errors. */
  name: string;
  method: 'GET' | 'POST';
  path: string;
  /**
   * Whether asking twice does no more than asking once. Only then is a request sent again
   * when nobody knows whether the platform has acted on it.
   */
  repeatable: boolean;
  answer: z.ZodType<Answer>;
  /** Error codes that come with the answer all the same. */
  answeringCodes?: readonly number[];
}

/** The answer to a command: an explicit zero. Anything less might come from a proxy on the way. */
export const done = z.looseObject({ errcode: z.literal(0) });

/** A 64-bit id, which is a number in JSON; `parseJson` makes a string of one that JavaScript would round. */
export const platformId = z.union([z.string().min(1), z.int()]).transform(String);
