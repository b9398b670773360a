import type { z } from 'zod';
import type { JsonRecord } from '../request.js';
import type { LiveOption, submissionSchema } from './form-model.js';

/** @throws Error where the form has not asked for it: a fault of the program. */
export function given(value: string | undefined, what: string): string {
  if (value === undefined) throw new Error(`the form did not ask for ${what}`);
  return value;
}

/** What was consented to, and when. @throws Error where the form has not asked: a fault of the program. */
export function consentOf({ consent }: Pick<z.output<typeof submissionSchema>, 'consent'>): {
  notice: string;
  at: Date;
} {
  if (consent === undefined) throw new Error('the form did not ask for consent');
  return { notice: consent.notice, at: new Date(consent.at) };
}

/** What can be chosen, and what is said where that is nothing. */
export interface Listed {
  options: readonly LiveOption[];
  sentence: string;
}

/** The facts of a request for options. */
export function listFacts({ options, sentence }: Listed): { options: JsonRecord[]; sentence: string } {
  return { options: options.map(toFacts), sentence };
}

function toFacts({ value, label, words, note, disabled, opens }: LiveOption): JsonRecord {
  return {
    value,
    label,
    words,
    ...(note !== undefined && { note }),
    ...(disabled !== undefined && { disabled }),
    ...(opens !== undefined && { opens }),
  };
}
