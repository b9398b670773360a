import { noticeFields, type NoticeTemplate } from '../core/notice-template.js';
import type { SubscriptionTemplate, Template, TemplateField } from './account-state.js';
import { firstTemplateTexts as texts } from './sandbox-texts.js';

/** A template that can be added to an account, under the id of the platform's library. */
export type LibraryTemplate = Omit<Template, 'id'> & { libraryId: string };
export type SubscriptionLibraryTemplate = Omit<SubscriptionTemplate, 'id'> & { libraryId: string };

/** `thing1 办理事项 身份证`, one field a line. */
function fieldsOf(lines: readonly string[]): TemplateField[] {
  return lines.map((line) => {
    const [keyword = '', name = '', ...example] = line.split(' ');
    return { keyword, name, example: example.join(' ') };
  });
}

/** The library of template messages, as far as a police account may want it. */
export const templateLibrary: readonly LibraryTemplate[] = texts.templates.map(toLibrary);

/** The library of subscription notifications. */
export const subscriptionLibrary: readonly SubscriptionLibraryTemplate[] = texts.subscriptions.map(
  ({ kind, ...entry }) => ({ ...toLibrary(entry), kind }),
);

function toLibrary({ libraryId, title, fields }: (typeof texts.templates)[number]): LibraryTemplate {
  return { libraryId, title, fields: fieldsOf(fields) };
}

/** What an account has at first: its template for appointments, where one is set, and all of the library. */
export function firstTemplates(appointment: NoticeTemplate | undefined): Template[] {
  return [
    ...(appointment ? [appointmentTemplate(appointment)] : []),
    ...templateLibrary.map(({ libraryId, ...template }) => ({ ...template, id: `sandbox-${libraryId}` })),
  ];
}

export function firstSubscriptionTemplates(): SubscriptionTemplate[] {
  return subscriptionLibrary.map(({ libraryId, ...template }) => ({
    ...template,
    id: `sandbox-${libraryId}`,
  }));
}

/** As the account's settings name its keywords. */
export function appointmentTemplate({ id, keywords }: NoticeTemplate): Template {
  return {
    id,
    title: texts.appointment.title,
    fields: noticeFields.map((field) => ({
      keyword: keywords[field],
      name: texts.appointment.names[field],
      example: texts.appointment.examples[field],
    })),
  };
}
