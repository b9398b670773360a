import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { OperationalError } from '../../../src/core/errors.js';
import type { KeyValueStore } from '../../../src/core/key-value-store.js';
import { lockLeaseMs } from '../../../src/wechat/client/shared-token.js';
import {
  account,
  apiBase,
  createPlatform,
  failureOf,
  giveForcedToken,
  giveToken,
  refuseToken,
  useNock,
  type Platform,
} from './platform-fixture.js';

const second = 1_000;
const minute = 60 * second;
const lockKey = `wechat-token:${account.accountId}:${account.appId}:lock`;

useNock();
let platform: Platform;
beforeEach(() => {
  platform = createPlatform();
});
afterEach(() => {
  expect(inspect(platform.log, { depth: 10 })).not.toMatch(/token-secret|the-secret-of-the-account/);
});

describe('one node', () => {
  it('asks once for fifty callers at the same time', async () => {
    giveToken('token-secret-1');
    const { tokens } = platform.addNode();
    const got = await Promise.all(Array.from({ length: 50 }, () => tokens.get()));
    expect(new Set(got)).toEqual(new Set(['token-secret-1']));
  });

  it('keeps a token until five minutes before its end', async () => {
    const { tokens } = platform.addNode();
    giveToken('token-secret-1', 7200);
    await tokens.get();
    platform.clock.time += 6900 * second - 1;
    expect(await tokens.get()).toBe('token-secret-1');
    platform.clock.time += 1;
    giveToken('token-secret-2');
    expect(await tokens.get()).toBe('token-secret-2');
  });

  it.each([
    [345, 45],
    [310, 10],
    [309, 154.5],
    [300, 150],
    [60, 30],
    [15, 10],
    [1, 10],
    [0, 10],
    [-7, 10],
    [99_999, 6900],
  ])('asks again for a token that lives %d s after %d s and not before', async (expiresIn, seconds) => {
    const { tokens } = platform.addNode();
    giveToken('token-secret-1', expiresIn);
    await tokens.get();
    platform.clock.time += seconds * second - 1;
    expect(await tokens.get()).toBe('token-secret-1');
    platform.clock.time += 1;
    giveToken('token-secret-2');
    expect(await tokens.get()).toBe('token-secret-2');
  });

  it('goes on with the old token for its last five minutes while the platform gives no new one', async () => {
    const { tokens } = platform.addNode();
    giveToken('token-secret-1', 7200);
    await tokens.get();
    platform.clock.time += 6900 * second;
    refuseToken(-1);
    expect(await tokens.get()).toBe('token-secret-1');
    expect(await tokens.get()).toBe('token-secret-1');
    platform.clock.time += 10 * second;
    giveToken('token-secret-2');
    expect(await tokens.get()).toBe('token-secret-2');
  });

  it('throws what the platform says, and asks again only after a while where asking again cannot help', async () => {
    const { tokens } = platform.addNode();
    refuseToken(40164, 'invalid ip 203.0.113.7, not in whitelist rid: 66aa');
    const error = await failureOf(tokens.get());
    expect(error).toMatchObject({ group: 'configuration', errcode: 40164 });
    expect(String(error)).toContain('203.0.113.7');
    await expect(tokens.get()).rejects.toMatchObject({ errcode: 40164 });
    platform.clock.time += 30 * second;
    giveToken('token-secret-1');
    expect(await tokens.get()).toBe('token-secret-1');
    expect(platform.log).toMatchObject([{ level: 'error', msg: 'no access token' }]);
  });

  it('asks a busy platform again after half a second', async () => {
    const { tokens } = platform.addNode();
    refuseToken(-1);
    await expect(tokens.get()).rejects.toMatchObject({ group: 'transient' });
    platform.clock.time += 500;
    giveToken('token-secret-1');
    expect(await tokens.get()).toBe('token-secret-1');
  });

  it('says that nothing was delivered when the request for the token itself broke off', async () => {
    nock(apiBase)
      .post('/cgi-bin/stable_token')
      .replyWithError(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
    await expect(platform.addNode().tokens.get()).rejects.toMatchObject({ delivered: 'no' });
  });

  it.each([
    ['no JSON', '<html>'],
    ['an answer without a token', '{"expires_in":7200}'],
    ['an empty token', '{"access_token":"","expires_in":7200}'],
    ['a token without a life', '{"access_token":"token-secret-1"}'],
  ])('takes %s as a failure that shows nothing', async (_what, body) => {
    nock(apiBase).post('/cgi-bin/stable_token').reply(200, body);
    const error = await failureOf(platform.addNode().tokens.get());
    expect(error).toMatchObject({ code: 'platform_bad_answer', delivered: 'no' });
    expect(inspect(error, { depth: 10 })).not.toMatch(/token-secret|the-secret-of-the-account/);
  });

  it('strikes out the secret when the platform repeats it', async () => {
    refuseToken(40125, `invalid appsecret ${account.appSecret} rid: 1`);
    const error = await failureOf(platform.addNode().tokens.get());
    expect(inspect(error, { depth: 10 })).not.toContain(account.appSecret);
    expect(error).toMatchObject({ errmsg: 'invalid appsecret … rid: 1' });
  });
});

describe('several nodes with one store', () => {
  it('ask once between them', async () => {
    giveToken('token-secret-1');
    const first = platform.addNode().tokens.get();
    // The others poll for as long as the first one's request takes.
    const sleep = async () => void (await first);
    const others = Array.from({ length: 4 }, () => platform.addNode({ sleep }).tokens.get());
    expect(await Promise.all([first, ...others])).toEqual(Array.from({ length: 5 }, () => 'token-secret-1'));
  });

  it('take over a token that another node has fetched before', async () => {
    giveToken('token-secret-1');
    await platform.addNode().tokens.get();
    expect(await platform.addNode().tokens.get()).toBe('token-secret-1');
  });

  it('wait for a dead lock holder only until its lease ends', async () => {
    await platform.store.setIfAbsent(lockKey, 'a node that has died', lockLeaseMs);
    const startedAt = platform.clock.time;
    giveToken('token-secret-1');
    expect(await platform.addNode().tokens.get()).toBe('token-secret-1');
    expect(platform.clock.time - startedAt).toBe(lockLeaseMs);
  });

  it('do not wait at all for a lock holder while the last token is valid', async () => {
    giveToken('token-secret-1', 7200);
    const { tokens } = platform.addNode();
    await tokens.get();
    platform.clock.time += 6900 * second;
    await platform.store.setIfAbsent(lockKey, 'another node', lockLeaseMs);
    expect(await tokens.get()).toBe('token-secret-1');
    expect(platform.pauses).toEqual([]);
  });

  it('do not wait for ever where the lock is never free', async () => {
    const store: KeyValueStore = { ...storeOf(platform), setIfAbsent: async () => false };
    await expect(platform.addNode({ store }).tokens.get()).rejects.toMatchObject({ delivered: 'no' });
    expect(platform.pauses.reduce((sum, pause) => sum + pause, 0)).toBe(2 * lockLeaseMs);
  });

  it('leave the lock free, even when the platform gives no token', async () => {
    refuseToken(-1);
    await failureOf(platform.addNode().tokens.get());
    expect(await platform.store.get(lockKey)).toBeUndefined();
  });

  it('take what lies damaged in the store as no token', async () => {
    await platform.store.set(`wechat-token:${account.accountId}:${account.appId}`, '{"token":7', minute);
    giveToken('token-secret-1');
    expect(await platform.addNode().tokens.get()).toBe('token-secret-1');
  });
});

describe('a store that fails', () => {
  it('stops nothing: the token comes from the platform and is kept in the process', async () => {
    const { tokens } = platform.addNode({ store: brokenStore });
    giveToken('token-secret-1');
    expect(await tokens.get()).toBe('token-secret-1');
    expect(await tokens.get()).toBe('token-secret-1');
    giveToken('token-secret-2');
    expect(await tokens.replace('token-secret-1')).toBe('token-secret-2');
    expect(platform.log.every((line) => line.level === 'warn')).toBe(true);
    expect(platform.log[0]).toMatchObject({ account: account.accountId, reason: 'Redis: gone' });
  });

  it('allows no forced refresh, because nobody counts them', async () => {
    const { tokens } = platform.addNode({ store: brokenStore });
    giveToken('token-secret-1');
    await tokens.get();
    giveToken('token-secret-1');
    expect(await tokens.replace('token-secret-1')).toBeUndefined();
  });
});

describe('a token that the platform refused', () => {
  it('is replaced once for all callers that had it refused', async () => {
    const { tokens } = platform.addNode();
    giveToken('token-secret-1');
    await tokens.get();
    giveToken('token-secret-2');
    const got = await Promise.all(Array.from({ length: 20 }, () => tokens.replace('token-secret-1')));
    expect(new Set(got)).toEqual(new Set(['token-secret-2']));
    expect(await tokens.replace('token-secret-1')).toBe('token-secret-2');
    expect(await tokens.get()).toBe('token-secret-2');
  });

  it('is not asked for again where another node has put a new one into the store', async () => {
    const [one, other] = [platform.addNode(), platform.addNode()];
    giveToken('token-secret-1');
    await one.tokens.get();
    await other.tokens.get();
    giveToken('token-secret-2');
    await one.tokens.replace('token-secret-1');
    expect(await other.tokens.replace('token-secret-1')).toBe('token-secret-2');
  });

  it('leads to a forced refresh where the platform gives out the same one again', async () => {
    const { tokens } = platform.addNode();
    giveToken('token-secret-1');
    await tokens.get();
    giveToken('token-secret-1');
    giveForcedToken('token-secret-2');
    expect(await tokens.replace('token-secret-1')).toBe('token-secret-2');
  });

  it('leads to no more than twenty forced refreshes a day over all nodes', async () => {
    const nodes = [platform.addNode(), platform.addNode()];
    let forced = 0;
    nock(apiBase)
      .persist()
      .post('/cgi-bin/stable_token')
      .reply(200, (_path, body) => {
        if (JSON.stringify(body).includes('"force_refresh":true')) forced += 1;
        return { access_token: `token-secret-forced-${forced}`, expires_in: 7200 };
      });
    for (let elapsed = 0; elapsed < 24 * 60; elapsed += 25) {
      for (const { tokens } of nodes) await tokens.replace(`token-secret-forced-${forced}`);
      platform.clock.time += 25 * minute;
    }
    nock.cleanAll();
    expect(forced).toBe(20);
  });

  it('is given up for half a minute, without a request, while no forced refresh is allowed', async () => {
    const { tokens } = platform.addNode();
    giveToken('token-secret-1');
    await tokens.get();
    giveToken('token-secret-1');
    giveForcedToken('token-secret-2');
    await tokens.replace('token-secret-1');
    giveToken('token-secret-2');
    expect(await tokens.replace('token-secret-2')).toBeUndefined();
    expect(await tokens.replace('token-secret-2')).toBeUndefined();
    platform.clock.time += 30 * second;
    giveToken('token-secret-3');
    expect(await tokens.replace('token-secret-2')).toBe('token-secret-3');
  });
});

const fail = async (): Promise<never> => {
  throw new OperationalError('redis_failed', 'Redis: gone');
};
const brokenStore: KeyValueStore = {
  get: fail,
  set: fail,
  setIfAbsent: fail,
  deleteIfEquals: fail,
  delete: fail,
  close: fail,
};

function storeOf({ store }: Platform): KeyValueStore {
  return {
    get: (key) => store.get(key),
    set: (key, value, ttlMs) => store.set(key, value, ttlMs),
    setIfAbsent: (key, value, ttlMs) => store.setIfAbsent(key, value, ttlMs),
    deleteIfEquals: (key, value) => store.deleteIfEquals(key, value),
    delete: (key) => store.delete(key),
    close: () => store.close(),
  };
}
