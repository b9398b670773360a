import { changeConduct } from '../../../src/sandbox/misbehaviour/conduct.js';
import type { SandboxOptions } from '../../../src/sandbox/sandbox-options.js';
import { testPlatform, type PlatformAnswer, type TestPlatform } from '../fixture.js';

/** What is said, where a test does not care. */
export const massText = { msgtype: 'text', text: { content: '台风将至，请避险。' } };
let ordinal = 0;

/** An account with `count` followers, whose mass messages are finished at once. */
export function withFollowers(count: number, options: Partial<SandboxOptions> = {}): TestPlatform {
  const platform = testPlatform(options);
  platform.sandbox.world.addFollowers(platform.account, count - 1);
  platform.account.misbehaviour = changeConduct(platform.account.misbehaviour, {
    reports: { massAfterMs: 0, loseEvery: options.webhookUrl ? 0 : 1 },
  });
  return platform;
}

export const followersOf = ({ account }: TestPlatform) =>
  account.state.citizens.filter(({ following }) => following).map(({ openid }) => openid);

/** Under an id of its own, so that it is no repeat. */
export function sendMass(platform: TestPlatform, body: Record<string, unknown> = {}): PlatformAnswer {
  ordinal += 1;
  const message = { touser: followersOf(platform), ...massText, clientmsgid: `n${ordinal}`, ...body };
  return platform.call('POST', '/cgi-bin/message/mass/send', message);
}

export function sendMassToAll(platform: TestPlatform, filter: Record<string, unknown>): PlatformAnswer {
  ordinal += 1;
  const message = { filter, ...massText, clientmsgid: `a${ordinal}` };
  return platform.call('POST', '/cgi-bin/message/mass/sendall', message);
}

export const reached = ({ account }: TestPlatform) =>
  account.state.citizens.reduce((sum, { received }) => sum + received.mass, 0);
