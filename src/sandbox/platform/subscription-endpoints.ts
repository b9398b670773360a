import { z } from 'zod';
import type { CitizenState, SubscriptionTemplate } from '../account-state.js';
import { subscriptionLibrary } from '../first-templates.js';
import { randomText } from '../random-text.js';
import { findCitizen, readBody, report, type PlatformCall, type PlatformEndpoint } from './platform-call.js';
import { templateRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';
import { readFields, templateDataSchema, writeContent, writeExample } from './typed-fields.js';

export const subscriptionEndpoints: readonly PlatformEndpoint[] = [
  { method: 'POST', path: '/cgi-bin/message/subscribe/bizsend', run: sendNotification },
  { method: 'GET', path: '/wxaapi/newtmpl/gettemplate', run: listTemplates },
  { method: 'POST', path: '/wxaapi/newtmpl/addtemplate', run: addTemplate },
  { method: 'POST', path: '/wxaapi/newtmpl/deltemplate', run: deleteTemplate },
];

const sendBody = z.looseObject({
  touser: z.string(),
  template_id: z.string(),
  page: z.string().default(''),
  data: templateDataSchema,
});
const addBody = z.looseObject({ tid: z.coerce.string(), kidList: z.array(z.int()).default([]) });
const deleteBody = z.looseObject({ priTmplId: z.string() });

/** As the platform numbers the kinds. */
const kindNumbers = { one_time: 2, long_term: 3 } as const;

/**
 * 40003 → 43019 → 40037 → 47003 → 43101; following is not needed, a consent is. No repeat is recognised: each call
 * sends, and uses a one-time consent. What became of it is reported by subscribe_msg_sent_event.
 */
function sendNotification(call: PlatformCall): object {
  const { touser, template_id: id, page, data } = readBody(call, sendBody);
  const citizen = findCitizen(call, touser);
  if (citizen.blacklisted) throw new PlatformRefusal(43019);
  const template = call.account.state.subscriptionTemplates.find((one) => one.id === id);
  if (!template) throw new PlatformRefusal(40037);
  const fields = readFields(template, data);
  useConsent(call, citizen, template);
  const { world, mishaps } = call.platform;
  const messageId = world.nextMessageId();
  const tell = (ErrorCode: number, ErrorStatus: string) => ({
    MsgType: 'event',
    Event: 'subscribe_msg_sent_event',
    SubscribeMsgSentEvent: { List: [{ TemplateId: id, MsgID: messageId, ErrorCode, ErrorStatus }] },
  });
  if (mishaps.strike(call.account)) {
    report(call, { openid: touser, fields: tell(-1, 'system failed') });
  } else {
    const { title } = template;
    const content = { kind: 'template' as const, title, fields, url: page === '' ? null : page };
    const entry = world.say(call.account, citizen, { from: 'account', via: 'subscription', content });
    report(call, { openid: touser, fields: tell(0, 'success'), about: { citizen, entry } });
  }
  return { msgid: messageId };
}

/** @throws PlatformRefusal 43101 without a consent, or when it is used up or withdrawn. */
function useConsent(call: PlatformCall, citizen: CitizenState, { id, kind }: SubscriptionTemplate): void {
  const left = citizen.consents[id] ?? 0;
  if (left < 1) throw new PlatformRefusal(43101);
  if (kind === 'long_term') return;
  citizen.consents = { ...citizen.consents, [id]: left - 1 };
  if (call.account.atHand.has(citizen)) call.platform.world.announceAccount(call.account);
}

function listTemplates(call: PlatformCall): object {
  return {
    data: call.account.state.subscriptionTemplates.map(({ id, title, fields, kind }) => ({
      priTmplId: id,
      title,
      content: writeContent(fields),
      example: writeExample(fields),
      type: kindNumbers[kind],
    })),
  };
}

/** `kidList`: which fields, counted from 1; all of them without a list. */
function addTemplate(call: PlatformCall): object {
  const { tid, kidList } = readBody(call, addBody);
  const { subscriptionTemplates: templates } = call.account.state;
  const found = subscriptionLibrary.find(({ libraryId }) => libraryId === tid);
  if (!found) throw new PlatformRefusal(200014);
  const { title, kind } = found;
  const fields = found.fields.filter((_, index) => kidList.length === 0 || kidList.includes(index + 1));
  if (fields.length === 0) throw new PlatformRefusal(47001);
  if (templates.length >= templateRules.templates) throw new PlatformRefusal(200012);
  const id = randomText(call.platform.random, 43);
  templates.push({ id, title, kind, fields });
  call.platform.world.announceAccount(call.account);
  return { priTmplId: id };
}

function deleteTemplate(call: PlatformCall): object {
  const { priTmplId: wanted } = readBody(call, deleteBody);
  const { state } = call.account;
  if (!state.subscriptionTemplates.some(({ id }) => id === wanted)) throw new PlatformRefusal(40037);
  state.subscriptionTemplates = state.subscriptionTemplates.filter(({ id }) => id !== wanted);
  call.platform.world.announceAccount(call.account);
  return {};
}
