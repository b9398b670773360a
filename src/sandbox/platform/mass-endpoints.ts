import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CitizenState } from '../account-state.js';
import { platformDay } from './call-quotas.js';
import { readMassContent, type MassContent } from './mass-content.js';
import type { MassJob } from './mass-jobs.js';
import { findFollower, readBody, report, type PlatformCall, type PlatformEndpoint } from './platform-call.js';
import { massRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

const sendPath = '/cgi-bin/message/mass/send';

export const massEndpoints: readonly PlatformEndpoint[] = [
  { method: 'POST', path: sendPath, run: sendToList },
  { method: 'POST', path: '/cgi-bin/message/mass/sendall', run: sendToTag },
  { method: 'POST', path: '/cgi-bin/message/mass/preview', run: preview },
  { method: 'POST', path: '/cgi-bin/message/mass/get', run: getState },
  { method: 'POST', path: '/cgi-bin/message/mass/delete', run: deleteMessage },
  { method: 'POST', path: '/cgi-bin/message/mass/speed/get', run: getSpeed },
  { method: 'POST', path: '/cgi-bin/message/mass/speed/set', run: setSpeed },
];

/** Whose name the event MASSSENDJOBFINISH carries: the platform's own helper's. */
const massHelper = `o${'mphelper'.padEnd(27, '0')}`;

const clientMsgId = z.string().default('');
const listBody = z.looseObject({ touser: z.array(z.string()), clientmsgid: clientMsgId });
const tagBody = z.looseObject({
  filter: z.object({ is_to_all: z.boolean().default(false), tag_id: z.coerce.number().optional() }),
  clientmsgid: clientMsgId,
});
const previewBody = z.looseObject({ touser: z.string().default(''), towxname: z.string().default('') });
const messageBody = z.looseObject({ msg_id: z.union([z.string(), z.number()]) });
const speedBody = z.looseObject({ speed: z.int().optional() });

/** Openids of others and of people who left are passed over; 40130 for fewer than two, 40032 for too many. */
function sendToList(call: PlatformCall): object {
  const { touser, clientmsgid } = readBody(call, listBody);
  const content = readMassContent(call);
  if (touser.length < massRules.openidsAtLeast) throw new PlatformRefusal(40130);
  if (touser.length > massRules.openidsAtMost) throw new PlatformRefusal(40032);
  const followers = [...new Set(touser)].flatMap((openid) => {
    const citizen = call.account.citizens.get(openid);
    return citizen?.following ? [citizen] : [];
  });
  return send(call, clientmsgid, content, followers, false);
}

/** 45159 for an unknown tag; 45028 for a second message to all on a day. */
function sendToTag(call: PlatformCall): object {
  const { filter, clientmsgid } = readBody(call, tagBody);
  const content = readMassContent(call);
  const { state } = call.account;
  const { is_to_all: toAll, tag_id: tagId = -1 } = filter;
  if (!toAll && !state.tags.some(({ id }) => id === tagId)) throw new PlatformRefusal(45159);
  const followers = state.citizens.filter(
    ({ following, tags }) => following && (toAll || tags.includes(tagId)),
  );
  return send(call, clientmsgid, content, followers, toAll);
}

/**
 * 45067 → 45066, 45065 → 45028. Followers who had their four of the month, refuse messages or are blacklisted are
 * left out; MASSSENDJOBFINISH tells how many were: TotalCount − FilterCount, for the platform counts as FilterCount
 * who remains after filtering.
 */
function send(
  call: PlatformCall,
  givenId: string,
  content: MassContent,
  followers: readonly CitizenState[],
  toAll: boolean,
): object {
  const { account, now, platform } = call;
  const { accountId } = account.account;
  const clientId = givenId === '' ? digestOf(call) : givenId;
  if (Buffer.byteLength(clientId) > massRules.clientMsgIdBytes) throw new PlatformRefusal(45067);
  platform.massJobs.refuseRepeat(accountId, clientId, now);
  if (toAll) platform.quotas.countOther(accountId, 'mass to all', now, massRules.toAllPerDay, 45028);
  platform.quotas.countDay(accountId, sendPath, now);
  const messageId = platform.world.nextMessageId();
  const afterMs = account.misbehaviour.reports.massAfterMs;
  platform.massJobs.note(jobOf(call, { messageId, clientMsgId: clientId, content, afterMs }));
  const outcome = distribute(call, content, followers);
  report(call, { openid: massHelper, fields: finished(messageId, outcome) }, afterMs);
  return { msg_id: messageId, ...(content.isDeletable && { msg_data_id: messageId + 1n }) };
}

function jobOf(
  { account, now }: PlatformCall,
  sent: { messageId: bigint; clientMsgId: string; content: MassContent; afterMs: number },
): MassJob {
  const { messageId, clientMsgId } = sent;
  return {
    accountId: account.account.accountId,
    messageId,
    clientMsgId,
    acceptedAt: now,
    finishedAt: now + sent.afterMs,
    isDeletable: sent.content.isDeletable,
    isDeleted: false,
  };
}

interface MassCounts {
  total: number;
  sent: number;
  failed: number;
}

function distribute(
  call: PlatformCall,
  { parts }: MassContent,
  followers: readonly CitizenState[],
): MassCounts {
  const { world, mishaps } = call.platform;
  const month = platformDay(call.now).slice(0, 7);
  const counts = { total: followers.length, sent: 0, failed: 0 };
  for (const citizen of followers) {
    const had = citizen.mass.month === month ? citizen.mass.count : 0;
    if (citizen.blacklisted || citizen.refusesMessages || had >= massRules.perFollowerAndMonth) continue;
    citizen.mass = { month, count: had + 1 };
    if (mishaps.strike(call.account)) {
      counts.failed += 1;
      continue;
    }
    counts.sent += 1;
    const [content, ...more] = parts;
    if (content) world.say(call.account, citizen, { from: 'account', via: 'mass', content });
    // One message, however many pictures it has.
    for (const content of more) world.say(call.account, citizen, { from: 'account', content });
  }
  return counts;
}

function finished(MsgID: bigint, { total, sent, failed }: MassCounts) {
  return {
    MsgType: 'event',
    Event: 'MASSSENDJOBFINISH',
    MsgID,
    Status: sent === 0 && failed > 0 ? 'send fail' : 'send success',
    TotalCount: total,
    FilterCount: sent + failed,
    SentCount: sent,
    ErrorCount: failed,
  };
}

/** By openid, or by WeChat id, which is the citizen's name here. Not counted for the month. */
function preview(call: PlatformCall): object {
  const { touser, towxname } = readBody(call, previewBody);
  const { parts } = readMassContent(call);
  const { accountId } = call.account.account;
  if (towxname !== '') {
    const limit = massRules.previewsByNamePerDay;
    call.platform.quotas.countOther(accountId, 'preview by name', call.now, limit, 45009);
  }
  const named = call.account.state.citizens.find(({ nickname }) => nickname === towxname);
  const citizen = findFollower(call, towxname === '' ? touser : (named?.openid ?? ''));
  for (const content of parts) {
    call.platform.world.say(call.account, citizen, { from: 'account', via: 'preview', content });
  }
  return { msg_id: call.platform.world.nextMessageId() };
}

function getState(call: PlatformCall): object {
  const { messageId, finishedAt, isDeleted } = findJob(call);
  const state = call.now < finishedAt ? 'SENDING' : 'SEND_SUCCESS';
  return { msg_id: messageId, msg_status: isDeleted ? 'DELETE' : state };
}

/** Takes the page of articles and videos away; the cards stay. Anything else cannot be deleted: 40008. */
function deleteMessage(call: PlatformCall): object {
  const job = findJob(call);
  if (!job.isDeletable) throw new PlatformRefusal(40008);
  job.isDeleted = true;
  return {};
}

/** The id as it came: JSON's numbers are too coarse for it. @throws PlatformRefusal 40059 unknown */
function findJob(call: PlatformCall): MassJob {
  readBody(call, messageBody);
  const id = /"msg_id"\s*:\s*"?(\d+)/.exec(call.rawBody)?.[1] ?? '';
  const job = call.platform.massJobs.find(call.account.account.accountId, id);
  if (!job) throw new PlatformRefusal(40059);
  return job;
}

function getSpeed(call: PlatformCall): object {
  const speed = call.platform.massJobs.speedOf(call.account.account.accountId);
  return { speed, realspeed: massRules.speeds[speed] };
}

/** 45084 without a speed, 45083 outside of 0 to 4. It is kept, and not simulated. */
function setSpeed(call: PlatformCall): object {
  const { speed } = readBody(call, speedBody);
  if (speed === undefined) throw new PlatformRefusal(45084);
  if (massRules.speeds[speed] === undefined) throw new PlatformRefusal(45083);
  call.platform.massJobs.setSpeed(call.account.account.accountId, speed);
  return {};
}

/** Without an id of the account's own the platform takes a digest of receivers and content. */
function digestOf(call: PlatformCall): string {
  return createHash('sha256').update(call.rawBody).digest('base64url');
}
