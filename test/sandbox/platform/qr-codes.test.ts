import { describe, expect, it } from '@jest/globals';
import { minute, testPlatform, type PlatformAnswer, type TestPlatform } from '../fixture.js';

const byId = (scene_id: unknown) => ({ scene: { scene_id } });
const byName = (scene_str: unknown) => ({ scene: { scene_str } });

function create(platform: TestPlatform, body: Record<string, unknown>): PlatformAnswer {
  return platform.call('POST', '/cgi-bin/qrcode/create', body);
}

describe('a QR code', () => {
  it.each<[string, number, Record<string, unknown>]>([
    ['a temporary id', 0, { action_name: 'QR_SCENE', action_info: byId(2 ** 32 - 1) }],
    ['the id 0', 40053, { action_name: 'QR_SCENE', action_info: byId(0) }],
    ['an id of more than 32 bits', 40053, { action_name: 'QR_SCENE', action_info: byId(2 ** 32) }],
    ['30 days', 0, { action_name: 'QR_SCENE', action_info: byId(1), expire_seconds: 2_592_000 }],
    [
      'more than 30 days',
      40053,
      { action_name: 'QR_SCENE', action_info: byId(1), expire_seconds: 2_592_001 },
    ],
    ['a name of 64 characters', 0, { action_name: 'QR_STR_SCENE', action_info: byName('站'.repeat(64)) }],
    ['a name of 65 characters', 40053, { action_name: 'QR_STR_SCENE', action_info: byName('站'.repeat(65)) }],
    ['an empty name', 40053, { action_name: 'QR_LIMIT_STR_SCENE', action_info: byName('') }],
    ['the permanent id 100000', 0, { action_name: 'QR_LIMIT_SCENE', action_info: byId(100_000) }],
    ['the permanent id 100001', 40053, { action_name: 'QR_LIMIT_SCENE', action_info: byId(100_001) }],
    ['an unknown kind', 40052, { action_name: 'QR_CARD', action_info: byId(1) }],
  ])('with %s is answered %i', (_what, errcode, body) => {
    expect(create(testPlatform(), body).errcode).toBe(errcode);
  });

  it('lives for 60 seconds unless it is said otherwise', () => {
    const platform = testPlatform();
    const body = { action_name: 'QR_STR_SCENE', action_info: byName('hall') };
    expect(create(platform, body)).toMatchObject({ expire_seconds: 60, ticket: expect.any(String) });
    expect(platform.account.state.qrCodes[0]!.expiresAt).toBe(platform.clock.now() + minute);
  });

  it('that is permanent is the same one when it is made again', () => {
    const platform = testPlatform();
    const body = { action_name: 'QR_LIMIT_STR_SCENE', action_info: byName('hall') };
    const { ticket } = create(platform, body);
    expect(create(platform, body).ticket).toBe(ticket);
    expect(create(platform, body)).not.toHaveProperty('expire_seconds');
  });

  it('that is permanent can be made 100,000 times, then 45029; temporary ones go on', () => {
    const platform = testPlatform();
    platform.account.state.qrCodes = Array.from({ length: 99_999 }, (_, index) => ({
      ticket: `t${index}`,
      scene: `s${index}`,
      numeric: false,
      expiresAt: null,
    }));
    const permanent = (name: string) =>
      create(platform, { action_name: 'QR_LIMIT_STR_SCENE', action_info: byName(name) });
    expect(permanent('the last one').errcode).toBe(0);
    expect(permanent('one too many').errcode).toBe(45029);
    expect(create(platform, { action_name: 'QR_SCENE', action_info: byId(1) }).errcode).toBe(0);
  });
});
