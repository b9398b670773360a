import { z } from 'zod';

/** One of an account's message templates, and which keyword of it holds what. */
export interface NoticeTemplate<Field extends string> {
  /** As the platform calls it. */
  id: string;
  keywords: Readonly<Record<Field, string>>;
}

/** What a notice about an appointment says in a template, and where the settings do not say otherwise. */
export const appointmentKeywords = { service: 'thing1', venue: 'thing2', time: 'time3', note: 'thing4' };
export type AppointmentTemplate = NoticeTemplate<keyof typeof appointmentKeywords>;

/** The same of an activity. */
export const activityKeywords = { activity: 'thing1', place: 'thing2', time: 'time3', note: 'thing4' };
export type ActivityTemplate = NoticeTemplate<keyof typeof activityKeywords>;

/**
 * How the settings write a template: `<template id>`, or `<template id>,service=thing2,time=time5`.
 * @param usual for what a setting does not name.
 */
export function noticeTemplateSchema<Field extends string>(usual: Readonly<Record<Field, string>>) {
  return z.string().transform((text, context): NoticeTemplate<Field> => {
    const [id = '', ...pairs] = text.split(',').map((part) => part.trim());
    const keywords: Record<Field, string> = { ...usual };
    let isReadable = /^[\w-]{10,64}$/.test(id);
    for (const pair of pairs) {
      const [name = '', keyword = ''] = pair.split('=');
      if (isField(name, usual) && /^[a-z_]+\d+$/.test(keyword)) keywords[name] = keyword;
      else isReadable = false;
    }
    if (!isReadable) {
      const example = Object.entries(usual).map(([name, keyword]) => `,${name}=${String(keyword)}`);
      context.addIssue({ code: 'custom', message: `应为模板 ID，其后可加 ${example.join('')}` });
    }
    return { id, keywords };
  });
}

/** The values of a message, each beside the template's keyword for it. */
export function fillKeywords<Field extends string>(
  { keywords }: NoticeTemplate<Field>,
  values: Readonly<Record<Field, string>>,
): Record<string, string> {
  const fields = Object.keys(values).filter((name) => isField(name, values));
  return Object.fromEntries(fields.map((field) => [keywords[field], values[field]]));
}

function isField<Field extends string>(name: string, of: Readonly<Record<Field, unknown>>): name is Field {
  return Object.hasOwn(of, name);
}
