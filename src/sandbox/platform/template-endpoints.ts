import { z } from 'zod';
import { noticeFields, type NoticeTemplate } from '../../core/notice-template.js';
import { sandboxTexts } from '../sandbox-texts.js';
import { findFollower, readBody, type PlatformCall, type PlatformEndpoint } from './platform-call.js';
import { templateTypes } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

export const templateEndpoints: readonly PlatformEndpoint[] = [
  { method: 'POST', path: '/cgi-bin/message/template/send', run: sendTemplate },
];

const sendBody = z.looseObject({
  touser: z.string(),
  template_id: z.string(),
  url: z.string().default(''),
  client_msg_id: z.string().default(''),
  data: z.record(z.string(), z.object({ value: z.string() })),
});

/**
 * 40003 → 43004 → 40037 → 47003; no window is needed. A repeat of `client_msg_id` is answered as the first time, and
 * nothing is sent. What was sent is reported by TEMPLATESENDJOBFINISH.
 */
function sendTemplate(call: PlatformCall): object {
  const { touser, template_id: id, url, client_msg_id: clientMsgId, data } = readBody(call, sendBody);
  const citizen = findFollower(call, touser);
  const template = Object.values(call.account.account.templates ?? {}).find((one) => one.id === id);
  if (!template) throw new PlatformRefusal(40037);
  const fields = readFields(template, data);
  const { world, sentTemplates, report } = call.platform;
  const sent = clientMsgId === '' ? undefined : sentTemplates.find(touser, clientMsgId, call.now);
  if (sent !== undefined) return { msgid: sent };
  const content = {
    kind: 'template' as const,
    title: sandboxTexts.templateTitle,
    fields,
    url: url === '' ? null : url,
  };
  const entry = world.say(call.account, citizen, { from: 'account', via: 'template', content });
  if (clientMsgId !== '') sentTemplates.note(touser, clientMsgId, entry.id, call.now);
  report(call.account, citizen, entry, {
    MsgType: 'event',
    Event: 'TEMPLATESENDJOBFINISH',
    MsgID: entry.id,
    Status: 'success',
  });
  return { msgid: entry.id };
}

/** What the card shows. Every keyword of the template needs a value that fits its type. */
function readFields(
  { keywords }: NoticeTemplate,
  data: Readonly<Record<string, { value: string }>>,
): { name: string; value: string }[] {
  return noticeFields.map((field) => {
    const keyword = keywords[field];
    const value = data[keyword]?.value ?? '';
    const fits = templateTypes[keyword.replace(/\d+$/, '')] ?? anything;
    if (!fits.test(value)) throw new PlatformRefusal(47003);
    return { name: sandboxTexts.templateFields[field], value };
  });
}

const anything = /^.+$/su;
