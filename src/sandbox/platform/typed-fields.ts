import { z } from 'zod';
import type { Template, TemplateField } from '../account-state.js';
import { templateTypes } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

/** The `data` of a call: what stands beside each keyword. */
export const templateDataSchema = z.record(z.string(), z.object({ value: z.string() }));
type TemplateData = z.output<typeof templateDataSchema>;

/**
 * What the card shows. Every keyword of the template needs a value that fits its type.
 * @throws PlatformRefusal 47003, naming the keyword.
 */
export function readFields(
  { fields }: Template,
  data: Readonly<TemplateData>,
): { name: string; value: string }[] {
  return fields.map(({ keyword, name }) => {
    const value = data[keyword]?.value ?? '';
    const fits = templateTypes[keyword.replace(/\d+$/, '')] ?? anything;
    if (!fits.test(value)) {
      const fault = value === '' ? 'is empty' : 'invalid';
      throw new PlatformRefusal(47003, { detail: `data.${keyword}.value ${fault}` });
    }
    return { name, value };
  });
}

/** As the platform describes a template: `业务名称：{{thing1.DATA}}`, a line for each field. */
export function writeContent(fields: readonly TemplateField[]): string {
  return fields.map(({ name, keyword }) => `${name}：{{${keyword}.DATA}}\n`).join('');
}

export function writeExample(fields: readonly TemplateField[]): string {
  return fields.map(({ name, example }) => `${name}：${example}\n`).join('');
}

const anything = /^.+$/su;
