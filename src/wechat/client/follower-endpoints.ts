import { z } from 'zod';
import { done, type Endpoint } from './endpoint.js';
import { followerInfoSchema } from './follower-info.js';

const openidPage = z
  .looseObject({
    total: z.int(),
    data: z.looseObject({ openid: z.array(z.string()) }).optional(),
    next_openid: z.string().default(''),
  })
  .transform(({ total, data, next_openid: last }) => {
    const openids = data?.openid ?? [];
    // WeChat names the last of each page, also of the last one; only the empty page after it is the end.
    return { total, openids, next: openids.length > 0 && last !== '' ? last : null };
  });

export const userGet = {
  name: 'user_get',
  method: 'GET',
  path: '/cgi-bin/user/get',
  repeatable: true,
  answer: openidPage,
} as const;

export const blacklistGet = {
  name: 'blacklist_get',
  method: 'POST',
  path: '/cgi-bin/tags/members/getblacklist',
  repeatable: true,
  answer: openidPage,
} as const;

export const userInfoBatchGet = {
  name: 'user_info_batchget',
  method: 'POST',
  path: '/cgi-bin/user/info/batchget',
  repeatable: true,
  answer: z.looseObject({ user_info_list: z.array(followerInfoSchema) }),
} as const;

export const tagsGet = {
  name: 'tags_get',
  method: 'GET',
  path: '/cgi-bin/tags/get',
  repeatable: true,
  answer: z.looseObject({
    tags: z.array(z.looseObject({ id: z.int(), name: z.string(), count: z.int() })),
  }),
} as const;

/** Asked again, it finds that the name is taken. */
export const tagsCreate = {
  name: 'tags_create',
  method: 'POST',
  path: '/cgi-bin/tags/create',
  repeatable: false,
  answer: z.looseObject({ tag: z.looseObject({ id: z.int() }) }),
} as const;

export const tagsUpdate: Endpoint<unknown> = {
  name: 'tags_update',
  method: 'POST',
  path: '/cgi-bin/tags/update',
  repeatable: true,
  answer: done,
};

/** Asked again, it finds no such tag. */
export const tagsDelete: Endpoint<unknown> = {
  name: 'tags_delete',
  method: 'POST',
  path: '/cgi-bin/tags/delete',
  repeatable: false,
  answer: done,
};

export const batchTagging: Endpoint<unknown> = {
  name: 'tags_batchtagging',
  method: 'POST',
  path: '/cgi-bin/tags/members/batchtagging',
  repeatable: true,
  answer: done,
};

export const batchUntagging: Endpoint<unknown> = {
  name: 'tags_batchuntagging',
  method: 'POST',
  path: '/cgi-bin/tags/members/batchuntagging',
  repeatable: true,
  answer: done,
};
