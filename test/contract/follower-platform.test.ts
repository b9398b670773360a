import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { systemClock, systemSleep } from '../../src/core/clock.js';
import type { FollowerPlatform } from '../../src/features/citizens/follower-platform-port.js';
import { silentLogger } from '../../src/observability/logger.js';
import { KeyValueStoreMemory } from '../../src/storage/key-value-store-memory.js';
import { createWechatClients } from '../../src/wechat/client/wechat-clients.js';
import { WechatFollowerPlatform } from '../../src/wechat/client/wechat-follower-platform.js';
import { serveSandbox, testAccount, testPlatform } from '../sandbox/fixture.js';
import { FollowerPlatformFake } from '../support/fakes/follower-platform-fake.js';

const account = testAccount();
const { accountId } = account;

interface Place {
  platform: FollowerPlatform;
  /** Followers of the account, in no order. */
  openids: string[];
  close: () => Promise<void>;
}

describeContract('in memory', async () => {
  const platform = new FollowerPlatformFake();
  const openids = Array.from({ length: 120 }, (_, nth) => `o${nth}`);
  for (const openid of openids) platform.follow(openid, new Date(0));
  return { platform, openids, close: async () => undefined };
});

describeContract('as the client sees the sandbox', async () => {
  const { sandbox, account: simulated } = testPlatform({ clock: systemClock });
  sandbox.world.addFollowers(simulated, 119);
  const { origin, close } = await serveSandbox(sandbox);
  const clients = createWechatClients({
    accounts: [account],
    apiBase: `${origin}/sandbox/platform`,
    store: new KeyValueStoreMemory(systemClock),
    registry: new Registry(),
    clock: systemClock,
    sleep: systemSleep,
    random: Math.random,
    newId: randomUUID,
    logger: silentLogger,
  });
  const followers = simulated.state.citizens.filter(({ following }) => following);
  return {
    platform: new WechatFollowerPlatform(clients),
    openids: followers.map(({ openid }) => openid),
    close,
  };
});

function describeContract(place: string, open: () => Promise<Place>): void {
  describe(`followers and tags ${place}`, () => {
    let platform: FollowerPlatform;
    let openids: string[];
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ platform, openids, close } = await open());
    });
    afterAll(() => close());

    it('are listed all, with the place where the list goes on', async () => {
      const listed: string[] = [];
      for (let after: string | null | undefined; after !== null;) {
        const { total, openids: page, next } = await platform.listFollowers(accountId, after);
        expect(total).toBe(openids.length);
        listed.push(...page);
        after = next;
      }
      expect(listed.toSorted()).toEqual(openids.toSorted());
      const rest = await platform.listFollowers(accountId, listed[100]);
      expect(rest.openids).toEqual(listed.slice(101));
      expect((await platform.listBlocked(accountId)).openids).toEqual([]);
    });

    it('tell when somebody began to follow, and of strangers that they do not', async () => {
      const [openid] = openids;
      const [details] = await platform.readDetails(accountId, [openid!]);
      expect(details).toEqual({ openid, subscribed: true, subscribedAt: expect.any(Date), tagIds: [] });
      await expect(platform.readDetails(accountId, openids.slice(0, 101))).rejects.toThrow(RangeError);
    });

    it('give and take a tag, and count who has it', async () => {
      const tagId = await platform.createTag(accountId, '车主');
      await platform.addToTag(accountId, tagId, openids.slice(0, 50));
      await platform.addToTag(accountId, tagId, openids.slice(0, 2));
      await platform.takeFromTag(accountId, tagId, openids.slice(0, 1));
      await platform.renameTag(accountId, tagId, '有车的人');
      expect(await platform.listTags(accountId)).toContainEqual({
        id: tagId,
        name: '有车的人',
        followers: 49,
      });
      const [first, second] = await platform.readDetails(accountId, openids.slice(0, 2));
      expect([first?.tagIds, second?.tagIds]).toEqual([[], [tagId]]);
      await platform.removeTag(accountId, tagId);
      expect((await platform.listTags(accountId)).map(({ id }) => id)).not.toContain(tagId);
      expect((await platform.readDetails(accountId, openids.slice(1, 2)))[0]?.tagIds).toEqual([]);
    });

    it('refuse by codes that tell what to do', async () => {
      const tagId = await platform.createTag(accountId, '甲');
      await expect(platform.createTag(accountId, '甲')).rejects.toMatchObject({ code: 'tag_name_taken' });
      await expect(platform.renameTag(accountId, 9_999, '乙')).rejects.toMatchObject({ code: 'tag_unknown' });
      const some = [openids[0]!, 'nobody'];
      await expect(platform.addToTag(accountId, tagId, some)).rejects.toMatchObject({
        code: 'follower_unknown',
      });
      expect((await platform.readDetails(accountId, openids.slice(0, 1)))[0]?.tagIds).toEqual([]);
      await expect(platform.addToTag(accountId, tagId, openids.slice(0, 51))).rejects.toThrow(RangeError);
    });

    it('refuse the twenty-first tag of a follower', async () => {
      const openid = openids.at(-1)!;
      for (let nth = 0; nth < 20; nth += 1)
        await platform.addToTag(accountId, await platform.createTag(accountId, `标签${nth}`), [openid]);
      const oneMore = await platform.createTag(accountId, '多一个');
      await expect(platform.addToTag(accountId, oneMore, [openid])).rejects.toMatchObject({
        code: 'follower_tags_full',
      });
    });
  });
}
