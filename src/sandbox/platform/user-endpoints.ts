import { z } from 'zod';
import type { CitizenState } from '../account-state.js';
import { findCitizen, readBody, type PlatformCall, type PlatformEndpoint } from './platform-call.js';
import { pageOf } from './page-of.js';
import { userRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

export const userEndpoints: readonly PlatformEndpoint[] = [
  { method: 'GET', path: '/cgi-bin/user/info', run: getUser },
  { method: 'POST', path: '/cgi-bin/user/info/batchget', run: getUsers },
  { method: 'GET', path: '/cgi-bin/user/get', run: listFollowers },
];

const batchBody = z.object({ user_list: z.array(z.object({ openid: z.string() })) });

function getUser(call: PlatformCall): object {
  const openid = call.query.get('openid');
  if (!openid) throw new PlatformRefusal(41009);
  return describeUser(findCitizen(call, openid));
}

function getUsers(call: PlatformCall): object {
  const { user_list: users } = readBody(call, batchBody);
  if (users.length < 1 || users.length > userRules.openidsPerBatch) throw new PlatformRefusal(40032);
  return { user_info_list: users.map(({ openid }) => describeUser(findCitizen(call, openid))) };
}

/** Pages of 10,000 openids in the order in which they followed; `next_openid` is the last of a page. */
function listFollowers(call: PlatformCall): object {
  const followers = call.account.state.citizens
    .filter(({ following }) => following)
    .sort((one, other) => one.followedAt - other.followedAt);
  const after = call.query.get('next_openid') ?? '';
  const { count, data, next } = pageOf(followers, after, userRules.openidsPerPage);
  return { total: followers.length, count, ...data, next_openid: next };
}

/** Nickname and picture are empty: the platform no longer gives them out since 2021-12-27. */
function describeUser(citizen: CitizenState): object {
  if (!citizen.following) return { subscribe: 0, openid: citizen.openid, tagid_list: [] };
  const scene = citizen.followScene;
  const numeric = scene !== null && /^[1-9]\d{0,9}$/.test(scene);
  return {
    subscribe: 1,
    openid: citizen.openid,
    nickname: '',
    sex: 0,
    language: 'zh_CN',
    city: '',
    province: '',
    country: '',
    headimgurl: '',
    subscribe_time: Math.floor(citizen.followedAt / 1000),
    remark: '',
    groupid: 0,
    tagid_list: citizen.tags,
    subscribe_scene: scene === null ? 'ADD_SCENE_SEARCH' : 'ADD_SCENE_QR_CODE',
    qr_scene: numeric ? Number(scene) : 0,
    qr_scene_str: scene !== null && !numeric ? scene : '',
  };
}
