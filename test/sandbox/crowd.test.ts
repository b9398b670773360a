import { afterEach, describe, expect, it } from '@jest/globals';
import { accountViewSchema, citizenChatSchema, foundCitizensSchema } from '../../src/api-types/sandbox.js';
import { viewAccount } from '../../src/sandbox/account-view.js';
import { serveSandbox, testPlatform, type TestPlatform } from './fixture.js';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

const view = ({ account, clock }: TestPlatform) => viewAccount(account, clock.now());
const listed = (platform: TestPlatform) => view(platform).citizens.map(({ openid }) => openid);

function sayTo(platform: TestPlatform, openid: string): void {
  const citizen = platform.account.citizens.get(openid)!;
  platform.sandbox.world.say(platform.account, citizen, {
    from: 'account',
    via: 'template',
    content: { kind: 'text', text: '您好' },
  });
}

async function page(platform: TestPlatform) {
  const served = await serveSandbox(platform.sandbox);
  open.push(served);
  return async (path: string): Promise<unknown> =>
    (await fetch(`${served.origin}/sandbox/api/accounts/pingan-meizhou/${path}`)).json();
}

describe('an account with a hundred thousand followers', () => {
  it('shows a hundred citizens at most, and says how many there are', () => {
    const platform = testPlatform();
    platform.sandbox.world.addFollowers(platform.account, 100_000);
    expect(view(platform)).toMatchObject({ citizenCount: 100_004 });
    expect(listed(platform)).toContain(platform.citizen.openid);
    expect(JSON.stringify(accountViewSchema.parse(view(platform))).length).toBeLessThan(20_000);
  });

  it('counts what each receives, and keeps the chats only of those whose phones are at hand', () => {
    const platform = testPlatform();
    const [one] = platform.sandbox.world.addFollowers(platform.account, 1000);
    for (const { openid } of platform.account.state.citizens) sayTo(platform, openid);
    sayTo(platform, one!.openid);
    expect(one!.received).toEqual({ customer_service: 0, subscription: 0, template: 2, mass: 0 });
    expect(one!.chat).toEqual([]);
    expect(platform.citizen.chat).toHaveLength(1);
  });

  it('hands out the phone of whoever is searched for, in place of the one unused for longest', async () => {
    const platform = testPlatform();
    const followers = platform.sandbox.world.addFollowers(platform.account, 200);
    const get = await page(platform);
    const search = async (text: string) =>
      foundCitizensSchema.parse(await get(`citizens?search=${encodeURIComponent(text)}`)).citizens;
    const found = await search(followers[150]!.nickname);
    expect(found.map(({ openid }) => openid)).toEqual([followers[150]!.openid]);
    expect(await search('市民')).toHaveLength(20);

    const before = listed(platform);
    for (const { openid } of followers.slice(0, 100)) await get(`citizens/${openid}/chat`);
    expect(listed(platform)).toHaveLength(100);
    expect(listed(platform)).not.toContain(before[0]);
    sayTo(platform, followers[99]!.openid);
    const { entries } = citizenChatSchema.parse(await get(`citizens/${followers[99]!.openid}/chat`));
    expect(entries).toHaveLength(1);
  });

  it('keeps the citizens who have a chat at hand after a restart', async () => {
    const platform = testPlatform();
    const followers = platform.sandbox.world.addFollowers(platform.account, 300);
    platform.sandbox.world.takeUp(platform.account, followers[250]!);
    sayTo(platform, followers[250]!.openid);
    const after = testPlatform();
    after.sandbox.world.restore(platform.sandbox.world.snapshot());
    const restored = after.sandbox.world.accounts.get('pingan-meizhou')!;
    expect(restored.atHand.has(restored.citizens.get(followers[250]!.openid)!)).toBe(true);
    expect(restored.atHand.list()).toHaveLength(100);
  });
});

describe('the live updates', () => {
  it('are not even worded while nobody listens', () => {
    const platform = testPlatform();
    let worded = 0;
    Object.defineProperty(platform.account, 'offeredScenes', {
      get: () => {
        worded += 1;
        return [];
      },
    });
    platform.sandbox.world.announceAccount(platform.account);
    expect(worded).toBe(0);
    const stop = platform.sandbox.world.onUpdate(() => undefined);
    platform.sandbox.world.announceAccount(platform.account);
    stop();
    platform.sandbox.world.announceAccount(platform.account);
    expect(worded).toBe(1);
  });
});
