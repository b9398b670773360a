import { z } from 'zod';
import type { CitizenState } from '../account-state.js';
import { sandboxTexts } from '../sandbox-texts.js';
import { findCitizen, readBody, type PlatformCall, type PlatformEndpoint } from './platform-call.js';
import { tagRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';
import { pageOf } from './page-of.js';

export const tagEndpoints: readonly PlatformEndpoint[] = [
  { method: 'POST', path: '/cgi-bin/tags/create', run: createTag },
  { method: 'GET', path: '/cgi-bin/tags/get', run: listTags },
  { method: 'POST', path: '/cgi-bin/tags/update', run: renameTag },
  { method: 'POST', path: '/cgi-bin/tags/delete', run: deleteTag },
  { method: 'POST', path: '/cgi-bin/tags/getidlist', run: listTagsOf },
  { method: 'POST', path: '/cgi-bin/tags/members/batchtagging', run: putOn },
  { method: 'POST', path: '/cgi-bin/tags/members/batchuntagging', run: takeOff },
  { method: 'POST', path: '/cgi-bin/user/tag/get', run: listFollowersOf },
];

const createBody = z.looseObject({ tag: z.looseObject({ name: z.string() }) });
const updateBody = z.looseObject({ tag: z.looseObject({ id: z.int(), name: z.string() }) });
const deleteBody = z.looseObject({ tag: z.looseObject({ id: z.int() }) });
const openidBody = z.looseObject({ openid: z.string() });
const batchBody = z.looseObject({ openid_list: z.array(z.string()), tagid: z.int() });
const pageBody = z.looseObject({ tagid: z.int(), next_openid: z.string().default('') });

/** The platform's own, which every account has. */
const starred = { id: 2, name: sandboxTexts.starredTag };

/** 45056 for the 101st; 45158 for more than 30 bytes; 45157 for a name that is taken. */
function createTag(call: PlatformCall): object {
  const { name } = readBody(call, createBody).tag;
  const { tags } = call.account.state;
  checkName(call, name);
  if (tags.length >= tagRules.tags) throw new PlatformRefusal(45056);
  const id = Math.max(tagRules.firstOwnTag - 1, ...tags.map((tag) => tag.id)) + 1;
  tags.push({ id, name });
  return { tag: { id, name } };
}

function listTags(call: PlatformCall): object {
  const counts = new Map<number, number>();
  for (const { following, tags } of call.account.state.citizens) {
    if (following) for (const id of tags) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return {
    tags: [starred, ...call.account.state.tags].map((tag) => ({ ...tag, count: counts.get(tag.id) ?? 0 })),
  };
}

function renameTag(call: PlatformCall): object {
  const { id, name } = readBody(call, updateBody).tag;
  const tag = findTag(call, id);
  if (tag.name === name) return {};
  checkName(call, name);
  tag.name = name;
  return {};
}

/** 45057 for a tag of more than 100,000 followers. */
function deleteTag(call: PlatformCall): object {
  const { id } = findTag(call, readBody(call, deleteBody).tag.id);
  const { state } = call.account;
  const holders = state.citizens.filter(({ tags }) => tags.includes(id));
  const followers = holders.filter(({ following }) => following).length;
  if (followers > tagRules.deletableFollowers) throw new PlatformRefusal(45057);
  state.tags = state.tags.filter((tag) => tag.id !== id);
  for (const citizen of holders) citizen.tags = citizen.tags.filter((one) => one !== id);
  return {};
}

function listTagsOf(call: PlatformCall): object {
  return { tagid_list: findCitizen(call, readBody(call, openidBody).openid).tags };
}

/** All or none. 45059 where somebody has 20 tags already. */
function putOn(call: PlatformCall): object {
  const { id, citizens } = readBatch(call);
  const without = citizens.filter(({ tags }) => !tags.includes(id));
  if (without.some(({ tags }) => tags.length >= tagRules.tagsPerFollower)) throw new PlatformRefusal(45059);
  for (const citizen of without) citizen.tags = [...citizen.tags, id];
  return {};
}

function takeOff(call: PlatformCall): object {
  const { id, citizens } = readBatch(call);
  for (const citizen of citizens) citizen.tags = citizen.tags.filter((one) => one !== id);
  return {};
}

/** Pages of 10,000 openids. */
function listFollowersOf(call: PlatformCall): object {
  const { tagid, next_openid: after } = readBody(call, pageBody);
  if (tagid !== starred.id) findTag(call, tagid);
  const { citizens } = call.account.state;
  const tagged = citizens.filter(({ following, tags }) => following && tags.includes(tagid));
  const { count, data, next } = pageOf(tagged, after, tagRules.openidsPerPage);
  return { count, ...data, next_openid: next };
}

/** 40032 for none or more than 50, 45159 for an unknown tag, 40003 for a stranger. */
function readBatch(call: PlatformCall): { id: number; citizens: CitizenState[] } {
  const { openid_list: openids, tagid } = readBody(call, batchBody);
  if (openids.length < 1 || openids.length > tagRules.openidsPerBatch) throw new PlatformRefusal(40032);
  if (tagid !== starred.id) findTag(call, tagid);
  return { id: tagid, citizens: openids.map((openid) => findCitizen(call, openid)) };
}

/** @throws PlatformRefusal 45058 for a tag of the platform's own, 45159 for an unknown one */
function findTag(call: PlatformCall, id: number): { id: number; name: string } {
  if (tagRules.systemTags.some((own) => own === id)) throw new PlatformRefusal(45058);
  const tag = call.account.state.tags.find((one) => one.id === id);
  if (!tag) throw new PlatformRefusal(45159);
  return tag;
}

function checkName(call: PlatformCall, name: string): void {
  if (name === '' || Buffer.byteLength(name) > tagRules.nameBytes) throw new PlatformRefusal(45158);
  const taken = [starred, ...call.account.state.tags].some((tag) => tag.name === name);
  if (taken) throw new PlatformRefusal(45157);
}
