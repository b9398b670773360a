import { describe, expect, it } from '@jest/globals';
import { openServiceWindow } from '../../../src/sandbox/service-windows.js';
import { testPlatform, type TestPlatform } from '../fixture.js';

const change = (
  platform: TestPlatform,
  what: 'batchblacklist' | 'batchunblacklist',
  openids = [platform.citizen.openid],
) => platform.call('POST', `/cgi-bin/tags/members/${what}`, { openid_list: openids }).errcode;
const list = (platform: TestPlatform, begin_openid?: string) =>
  platform.call('POST', '/cgi-bin/tags/members/getblacklist', { begin_openid });

describe('the blacklist', () => {
  it('takes citizens up and lets them go', () => {
    const platform = testPlatform();
    expect(change(platform, 'batchblacklist')).toBe(0);
    expect(list(platform)).toMatchObject({ total: 1, count: 1, data: { openid: [platform.citizen.openid] } });
    expect(change(platform, 'batchunblacklist')).toBe(0);
    expect(list(platform)).toMatchObject({ total: 0, count: 0, next_openid: '' });
  });

  it.each([
    [20, 0],
    [21, 40032],
    [0, 40032],
  ])('of %i citizens at once is changed with %i', (count, errcode) => {
    const platform = testPlatform();
    const added = platform.sandbox.world.addFollowers(platform.account, count);
    const openids = added.map(({ openid }) => openid);
    expect(change(platform, 'batchblacklist', openids)).toBe(errcode);
  });

  it('knows no strangers: 40003', () => {
    expect(change(testPlatform(), 'batchblacklist', ['oNobody'])).toBe(40003);
  });

  it('is listed 1,000 a page', () => {
    const platform = testPlatform();
    const added = platform.sandbox.world.addFollowers(platform.account, 1001);
    for (const citizen of added) citizen.blacklisted = true;
    const first = list(platform);
    expect(first).toMatchObject({ total: 1001, count: 1000 });
    expect(list(platform, first.next_openid)).toMatchObject({ count: 1 });
  });

  it('keeps away what is sent to its citizens: 43019', () => {
    const platform = testPlatform();
    openServiceWindow(platform.citizen, 'message', platform.clock.now());
    change(platform, 'batchblacklist');
    const message = { touser: platform.citizen.openid, msgtype: 'text', text: { content: '您好' } };
    expect(platform.call('POST', '/cgi-bin/message/custom/send', message).errcode).toBe(43019);
    const template = { touser: platform.citizen.openid, template_id: 'sandbox-safety-warning', data: {} };
    expect(platform.call('POST', '/cgi-bin/message/template/send', template).errcode).toBe(43019);
  });

  it('keeps away what its citizens say', async () => {
    const platform = testPlatform();
    change(platform, 'batchblacklist');
    platform.sandbox.actions.perform(platform.account, platform.citizen, { action: 'text', text: '喂' });
    await platform.sandbox.settled();
    expect(platform.citizen.chat).toMatchObject([{ content: { text: '喂' }, delivery: null }]);
  });
});
