import { describe, expect, it } from '@jest/globals';
import { openServiceWindow } from '../../../src/sandbox/service-windows.js';
import { day, testPlatform, type PlatformAnswer, type TestPlatform } from '../fixture.js';

const png = Buffer.from('89504e470d0a1a0a', 'hex');
const jpeg = Buffer.from('ffd8ffe000104a46', 'hex');
const megabyte = 2 ** 20;

function upload(platform: TestPlatform, bytes: Buffer, type = 'image', name = 'media'): PlatformAnswer {
  const { access_token } = platform.sandbox.api.tokens.issueStable(
    platform.account.account.accountId,
    platform.clock.now(),
    false,
    '',
  );
  const head = `--b\r\nContent-Disposition: form-data; name="${name}"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b--\r\n')]);
  const request = {
    method: 'POST',
    path: '/cgi-bin/media/upload',
    query: new URLSearchParams({ access_token, type }),
    body: '',
    upload: { contentType: 'multipart/form-data; boundary=b', bytes: body },
  };
  return platform.sandbox.api.handle(request, platform.clock.now()) as PlatformAnswer;
}

const padded = (bytes: number) => Buffer.concat([png, Buffer.alloc(bytes - png.length)]);

describe('temporary media', () => {
  it.each<[string, number, Buffer, string]>([
    ['a picture of 10 MB', 0, padded(10 * megabyte), 'image'],
    ['a larger picture', 45001, padded(10 * megabyte + 1), 'image'],
    ['a JPEG', 0, jpeg, 'image'],
    ['a GIF', 0, Buffer.from('GIF89a'), 'image'],
    ['a picture that is none', 40005, Buffer.from('%PDF-1.7'), 'image'],
    ['a voice of 2 MB', 0, Buffer.alloc(2 * megabyte), 'voice'],
    ['a larger voice', 45001, Buffer.alloc(2 * megabyte + 1), 'voice'],
    ['a thumbnail of more than 64 KB', 45001, padded(64 * 1024 + 1), 'thumb'],
    ['nothing', 41005, Buffer.alloc(0), 'image'],
    ['an unknown kind', 40004, png, 'poem'],
  ])('of %s is answered %i', (_what, errcode, bytes, type) => {
    expect(upload(testPlatform(), bytes, type)).toMatchObject({ errcode });
  });

  it('lies in the part called media: 41005 otherwise', () => {
    expect(upload(testPlatform(), png, 'image', 'picture').errcode).toBe(41005);
  });

  it('is kept byte for byte, for three days', () => {
    const platform = testPlatform();
    const bytes = Buffer.concat([png, Buffer.from('\r\n--not-the-end\r\n\u0000', 'latin1')]);
    const { type, media_id: id, created_at: at } = upload(platform, bytes);
    expect([type, at]).toEqual(['image', platform.clock.now() / 1000]);
    const find = () => platform.sandbox.api.media.find(String(id), platform.clock.now());
    expect(find()).toMatchObject({ contentType: 'image/png', bytes });
    platform.clock.advance(3 * day);
    expect(find()).toBeUndefined();
  });

  it('can be sent until it expires: 40007', () => {
    const platform = testPlatform();
    const { media_id } = upload(platform, png);
    const send = () => {
      openServiceWindow(platform.citizen, 'message', platform.clock.now());
      const message = { touser: platform.citizen.openid, msgtype: 'image', image: { media_id } };
      return platform.call('POST', '/cgi-bin/message/custom/send', message).errcode;
    };
    expect(send()).toBe(0);
    expect(platform.citizen.chat.at(-1)).toMatchObject({
      content: { kind: 'image', url: `/sandbox/api/media/${String(media_id)}` },
    });
    platform.clock.advance(3 * day);
    expect(send()).toBe(40007);
  });

  it('is uploaded 100,000 times a day: 45009', () => {
    const platform = testPlatform();
    const { accountId } = platform.account.account;
    platform.sandbox.api.quotas.use(accountId, '/cgi-bin/media/upload', platform.clock.now(), 100_000);
    expect(upload(platform, png).errcode).toBe(45009);
  });
});
