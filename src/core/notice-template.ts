import { z } from 'zod';

/** What a notice about an appointment says in a template, apart from each other. */
export const noticeFields = ['service', 'venue', 'time', 'note'] as const;
export type NoticeField = (typeof noticeFields)[number];

/** One of an account's message templates, and which keyword of it holds what. */
export interface NoticeTemplate {
  /** As the platform calls it. */
  id: string;
  keywords: Readonly<Record<NoticeField, string>>;
}

/** For what a setting does not name. */
export const usualKeywords: Record<NoticeField, string> = {
  service: 'thing1',
  venue: 'thing2',
  time: 'time3',
  note: 'thing4',
};

/** How the settings write it: `<template id>`, or `<template id>,service=thing2,time=time5`. */
export const noticeTemplateSchema = z.string().transform((text, context): NoticeTemplate => {
  const [id = '', ...pairs] = text.split(',').map((part) => part.trim());
  const keywords = { ...usualKeywords };
  let isReadable = /^[\w-]{10,64}$/.test(id);
  for (const pair of pairs) {
    const [name, keyword = ''] = pair.split('=');
    const field = noticeFields.find((one) => one === name);
    if (field && /^[a-z_]+\d+$/.test(keyword)) keywords[field] = keyword;
    else isReadable = false;
  }
  if (!isReadable)
    context.addIssue({
      code: 'custom',
      message: '应为模板 ID，其后可加 ,service=thing1,venue=thing2,time=time3,note=thing4',
    });
  return { id, keywords };
});
