import { z } from 'zod';
import type { CitizenState } from '../account-state.js';
import { pageOf } from './page-of.js';
import { findCitizen, readBody, type PlatformCall, type PlatformEndpoint } from './platform-call.js';
import { tagRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

export const blacklistEndpoints: readonly PlatformEndpoint[] = [
  { method: 'POST', path: '/cgi-bin/tags/members/getblacklist', run: listBlacklist },
  { method: 'POST', path: '/cgi-bin/tags/members/batchblacklist', run: add },
  { method: 'POST', path: '/cgi-bin/tags/members/batchunblacklist', run: remove },
];

const pageBody = z.looseObject({ begin_openid: z.string().default('') });
const batchBody = z.looseObject({ openid_list: z.array(z.string()) });

/** Pages of 1,000 openids. */
function listBlacklist(call: PlatformCall): object {
  const { begin_openid: after } = readBody(call, pageBody);
  const listed = call.account.state.citizens.filter(({ blacklisted }) => blacklisted);
  const { count, data, next } = pageOf(listed, after, tagRules.blacklistPage);
  return { total: listed.length, count, ...data, next_openid: next };
}

function add(call: PlatformCall): object {
  for (const citizen of readBatch(call)) citizen.blacklisted = true;
  return {};
}

function remove(call: PlatformCall): object {
  for (const citizen of readBatch(call)) citizen.blacklisted = false;
  return {};
}

/** 40032 for none or more than 20, 40003 for a stranger. */
function readBatch(call: PlatformCall): CitizenState[] {
  const { openid_list: openids } = readBody(call, batchBody);
  if (openids.length < 1 || openids.length > tagRules.blacklistBatch) throw new PlatformRefusal(40032);
  return openids.map((openid) => findCitizen(call, openid));
}
