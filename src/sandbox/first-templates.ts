import type { NoticeTemplate } from '../core/notice-template.js';
import type { WechatAccount } from '../wechat/account.js';
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

/** What an account has at first: its own, and all of the library. */
export function firstTemplates(account: Pick<WechatAccount, 'templates'>): Template[] {
  return [
    ...ownTemplates(account),
    ...templateLibrary.map(({ libraryId, ...template }) => ({ ...template, id: `sandbox-${libraryId}` })),
  ];
}

/** Those that the account's settings name, with their keywords. */
export function ownTemplates({ templates = {} }: Pick<WechatAccount, 'templates'>): Template[] {
  const { appointment, activity } = templates;
  return [
    ...(appointment ? [toTemplate(appointment, texts.appointment)] : []),
    ...(activity ? [toTemplate(activity, texts.activity)] : []),
  ];
}

export function firstSubscriptionTemplates(): SubscriptionTemplate[] {
  return subscriptionLibrary.map(({ libraryId, ...template }) => ({
    ...template,
    id: `sandbox-${libraryId}`,
  }));
}

interface TemplateWords<Field extends string> {
  title: string;
  names: Readonly<Record<Field, string>>;
  examples: Readonly<Record<Field, string>>;
}

function toTemplate<Field extends string>(
  { id, keywords }: NoticeTemplate<Field>,
  { title, names, examples }: TemplateWords<Field>,
): Template {
  const fields = Object.keys(keywords).filter((name): name is Field => Object.hasOwn(names, name));
  return {
    id,
    title,
    fields: fields.map((field) => ({
      keyword: keywords[field],
      name: names[field],
      example: examples[field],
    })),
  };
}
