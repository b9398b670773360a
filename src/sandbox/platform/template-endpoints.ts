import { z } from 'zod';
import { templateLibrary } from '../first-templates.js';
import { randomText } from '../random-text.js';
import { findFollower, readBody, report, type PlatformCall, type PlatformEndpoint } from './platform-call.js';
import { templateRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';
import { readFields, templateDataSchema, writeContent, writeExample } from './typed-fields.js';

export const templateEndpoints: readonly PlatformEndpoint[] = [
  { method: 'POST', path: '/cgi-bin/message/template/send', run: sendTemplate },
  { method: 'GET', path: '/cgi-bin/template/get_all_private_template', run: listTemplates },
  { method: 'POST', path: '/cgi-bin/template/api_add_template', run: addTemplate },
  { method: 'POST', path: '/cgi-bin/template/del_private_template', run: deleteTemplate },
];

const sendBody = z.looseObject({
  touser: z.string(),
  template_id: z.string(),
  url: z.string().default(''),
  client_msg_id: z.string().default(''),
  data: templateDataSchema,
});
const addBody = z.looseObject({
  template_id_short: z.string(),
  keyword_name_list: z.array(z.string()).default([]),
});
const deleteBody = z.looseObject({ template_id: z.string() });

/**
 * 40003 → 43004 → 43019 → 40037 → 47003; no window is needed. A repeat of `client_msg_id` is answered as the first
 * time, and nothing is sent. What became of it is reported by TEMPLATESENDJOBFINISH.
 */
function sendTemplate(call: PlatformCall): object {
  const { touser, template_id: id, url, client_msg_id: clientMsgId, data } = readBody(call, sendBody);
  const citizen = findFollower(call, touser);
  const template = call.account.state.templates.find((one) => one.id === id);
  if (!template) throw new PlatformRefusal(40037);
  const fields = readFields(template, data);
  const { world, sentTemplates, mishaps } = call.platform;
  const sent = clientMsgId === '' ? undefined : sentTemplates.find(touser, clientMsgId, call.now);
  if (sent !== undefined) return { msgid: sent };
  const messageId = world.nextMessageId();
  if (clientMsgId !== '') sentTemplates.note(touser, clientMsgId, messageId, call.now);
  const tell = (Status: string) => ({
    MsgType: 'event',
    Event: 'TEMPLATESENDJOBFINISH',
    MsgID: messageId,
    Status,
  });
  if (citizen.refusesMessages) {
    report(call, { openid: touser, fields: tell('failed:user block') });
  } else if (mishaps.strike(call.account)) {
    report(call, { openid: touser, fields: tell('failed: system failed') });
  } else {
    const content = {
      kind: 'template' as const,
      title: template.title,
      fields,
      url: url === '' ? null : url,
    };
    const entry = world.say(call.account, citizen, { from: 'account', via: 'template', content });
    report(call, { openid: touser, fields: tell('success'), about: { citizen, entry } });
  }
  return { msgid: messageId };
}

function listTemplates(call: PlatformCall): object {
  return {
    template_list: call.account.state.templates.map(({ id, title, fields }) => ({
      template_id: id,
      title,
      primary_industry: '',
      deputy_industry: '',
      content: writeContent(fields),
      example: writeExample(fields),
    })),
  };
}

/** With the fields named, all of them without names. 45026 for the 26th; 40037 for a number not in the library. */
function addTemplate(call: PlatformCall): object {
  const { template_id_short: libraryId, keyword_name_list: names } = readBody(call, addBody);
  const { templates } = call.account.state;
  const found = templateLibrary.find((one) => one.libraryId === libraryId);
  if (!found) throw new PlatformRefusal(40037);
  const chosen = found.fields.filter(({ name }) => names.length === 0 || names.includes(name));
  if (chosen.length === 0) throw new PlatformRefusal(47001);
  if (templates.length >= templateRules.templates) throw new PlatformRefusal(45026);
  const id = randomText(call.platform.random, 43);
  templates.push({ id, title: found.title, fields: chosen });
  call.platform.world.announceAccount(call.account);
  return { template_id: id };
}

function deleteTemplate(call: PlatformCall): object {
  const { template_id: wanted } = readBody(call, deleteBody);
  const { state } = call.account;
  if (!state.templates.some(({ id }) => id === wanted)) throw new PlatformRefusal(40037);
  state.templates = state.templates.filter(({ id }) => id !== wanted);
  call.platform.world.announceAccount(call.account);
  return {};
}
