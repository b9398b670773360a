import { mkdtemp, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { liveUpdateSchema, overviewSchema, type LiveUpdate } from '../../src/api-types/sandbox.js';
import { testAccount, testPlatform } from './fixture.js';
import { codeOf, inbound, stage, type Stage } from './phone-stage.js';

describe('the sandbox', () => {
  it('refuses to exist in production', () => {
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      expect(() => testPlatform()).toThrow('NODE_ENV=production');
    } finally {
      process.env.NODE_ENV = before;
    }
  });

  it('starts with citizens who do not follow yet', async () => {
    const { send } = await stage();
    const { accounts } = overviewSchema.parse(await (await send('GET', '/api/overview')).json());
    expect(accounts[0]!.citizens.slice(0, 3)).toMatchObject([
      { nickname: '阿梅', following: false },
      { nickname: '老张', following: false },
      { nickname: '小陈', following: false },
    ]);
    expect(JSON.stringify(accounts)).not.toContain(testAccount().appSecret);
  });

  it('answers nobody but this machine', async () => {
    const { origin, send } = await stage();
    const rebound = await new Promise<number | undefined>((resolve, reject) => {
      const asking = request(
        `${origin}/sandbox/api/overview`,
        { headers: { Host: 'evil.example' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      asking.on('error', reject).end();
    });
    expect(rebound).toBe(403);
    expect(
      await codeOf(await send('GET', '/api/overview', undefined, { Origin: 'https://evil.example' })),
    ).toEqual([403, 'local_only']);
  });

  it('takes actions as JSON only', async () => {
    const { send, citizen } = await stage();
    const path = `/api/accounts/pingan-meizhou/citizens/${citizen.openid}/actions`;
    const posted = await send('POST', path, { action: 'text', text: '1' }, { 'Content-Type': 'text/plain' });
    expect(await codeOf(posted)).toEqual([400, 'bad_request']);
  });

  it('says how to build the page where it is not built, and serves nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'phone-'));
    const { origin } = await stage({ pageFolder: join(folder, 'page') });
    const page = await fetch(`${origin}/sandbox/`);
    expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('npm run build')]);
    await writeFile(join(folder, 'secret'), 'secret');
    expect((await fetch(`${origin}/sandbox/..%2fsecret`)).status).toBe(404);
  });

  it('serves the built page', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'phone-'));
    await writeFile(join(folder, 'index.html'), '<title>手机</title>');
    const { origin } = await stage({ pageFolder: folder });
    const page = await fetch(`${origin}/sandbox`);
    expect(page.url).toBe(`${origin}/sandbox/`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('手机');
  });
});

describe('a citizen', () => {
  it('can be added', async () => {
    const { send, account } = await stage();
    const added = await send('POST', '/api/accounts/pingan-meizhou/citizens', { nickname: ' 阿芳 ' });
    expect(added.status).toBe(201);
    expect(account.state.citizens.at(-1)).toMatchObject({ nickname: '阿芳', following: false });
    expect(await codeOf(await send('POST', '/api/accounts/none/citizens', { nickname: '阿芳' }))).toEqual([
      404,
      'unknown_account',
    ]);
  });

  it('must follow before speaking', async () => {
    const phone = await stage();
    await phone.act({ action: 'unfollow' });
    expect(await codeOf(await phone.act({ action: 'text', text: '1' }))).toEqual([409, 'not_following']);
    expect((await phone.act({ action: 'follow' })).status).toBe(202);
    expect(await codeOf(await phone.act({ action: 'follow' }))).toEqual([409, 'already_following']);
    expect(inbound(phone)).toMatchObject([
      { type: 'event', event: 'unsubscribe', EventKey: '' },
      { type: 'event', event: 'subscribe', EventKey: '' },
    ]);
  });

  it('follows through a QR code, and scans it again as a follower', async () => {
    const phone = await stage();
    phone.call('POST', '/cgi-bin/qrcode/create', {
      action_name: 'QR_LIMIT_STR_SCENE',
      action_info: { scene: { scene_str: 'hall' } },
    });
    const { ticket } = phone.account.state.qrCodes[0]!;
    await phone.act({ action: 'unfollow' });
    await phone.act({ action: 'scan', scene: 'hall' });
    await phone.act({ action: 'scan', scene: 'hall' });
    expect(inbound(phone).slice(1)).toMatchObject([
      { event: 'subscribe', EventKey: 'qrscene_hall', Ticket: ticket },
      { event: 'scan', EventKey: 'hall', Ticket: ticket },
    ]);
    expect(phone.citizen.grants.map(({ trigger }) => trigger)).toEqual(['follow', 'scan']);
  });

  it('cannot scan a code that has expired', async () => {
    const phone = await stage();
    phone.call('POST', '/cgi-bin/qrcode/create', {
      action_name: 'QR_STR_SCENE',
      action_info: { scene: { scene_str: 'hall' } },
    });
    phone.clock.advance(60_000);
    expect(await codeOf(await phone.act({ action: 'scan', scene: 'hall' }))).toEqual([409, 'expired_code']);
  });

  it('sends pictures and places', async () => {
    const phone = await stage();
    await phone.act({ action: 'picture', picture: 'pothole' });
    await phone.act({ action: 'location', place: 'station' });
    const picture = `${new URL(phone.webhookUrl).origin}/sandbox/pictures/pothole.png`;
    expect(inbound(phone)).toMatchObject([
      { type: 'image', PicUrl: picture, MediaId: expect.stringMatching(/./) },
      { type: 'location', Location_X: 24.2716, Location_Y: 116.1009, Label: '梅州站' },
    ]);
    expect(await codeOf(await phone.act({ action: 'picture', picture: 'none' }))).toEqual([
      404,
      'unknown_picture',
    ]);
  });

  it('answers a question by a tap, which carries the id of the choice', async () => {
    const phone = await stage();
    await phone.act({ action: 'choice', id: 'good', text: '满意' });
    expect(inbound(phone)).toMatchObject([{ type: 'text', Content: '满意', bizmsgmenuid: 'good' }]);
  });

  it.each<[string, object, object[]]>([
    ['click', { key: 'k' }, [{ event: 'click', EventKey: 'k' }]],
    ['view', { url: 'https://a.cn/' }, [{ event: 'view', EventKey: 'https://a.cn/' }]],
    ['miniprogram', { pagepath: 'p/1' }, [{ event: 'view_miniprogram', EventKey: 'p/1' }]],
    [
      'scancode_push',
      { key: 'k' },
      [{ event: 'scancode_push', ScanCodeInfo: { ScanType: 'qrcode', ScanResult: 'X1' } }],
    ],
    ['scancode_waitmsg', { key: 'k' }, [{ event: 'scancode_waitmsg', EventKey: 'k' }]],
    ['pic_sysphoto', { key: 'k' }, [{ event: 'pic_sysphoto', EventKey: 'k' }, { type: 'image' }]],
    ['pic_photo_or_album', { key: 'k' }, [{ event: 'pic_photo_or_album' }, { type: 'image' }]],
    ['pic_weixin', { key: 'k' }, [{ event: 'pic_weixin' }, { type: 'image' }]],
    ['location_select', { key: 'k' }, [{ event: 'location_select', EventKey: 'k' }, { type: 'location' }]],
  ])('presses a %s button', async (type, fields, expected) => {
    const phone = await stage();
    phone.account.state.menu = [{ name: '更多', sub_button: [{ name: '办', type, ...fields }] }];
    await phone.act({ action: 'button', position: [0, 0], scanned: 'X1' });
    expect(inbound(phone).sort((one, other) => other.type.length - one.type.length || 0)).toHaveLength(
      expected.length,
    );
    for (const part of expected) expect(inbound(phone)).toContainEqual(expect.objectContaining(part));
  });

  it('cannot press a button that is not there', async () => {
    const phone = await stage();
    expect(await codeOf(await phone.act({ action: 'button', position: [2] }))).toEqual([
      404,
      'unknown_button',
    ]);
  });
});

describe('the live stream', () => {
  it('tells of every change, in the shape of the API types', async () => {
    const phone = await stage();
    const response = await phone.send('GET', '/api/events');
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const updates: LiveUpdate[] = [];
    const reading = (async () => {
      let text = '';
      for await (const chunk of response.body!) text += Buffer.from(chunk).toString();
      for (const [, data] of text.matchAll(/^data: (.*)$/gm))
        updates.push(liveUpdateSchema.parse(JSON.parse(data!)));
    })();
    await phone.act({ action: 'text', text: '1' });
    phone.call('POST', '/cgi-bin/message/custom/typing', { touser: phone.citizen.openid, command: 'Typing' });
    phone.call('POST', '/cgi-bin/menu/create', { button: [{ name: '办', type: 'click', key: 'k' }] });
    await phone.sandbox.stop();
    await reading;
    expect(new Set(updates.map(({ type }) => type))).toEqual(new Set(['entry', 'typing', 'account']));
  });
});

describe('the platform over HTTP', () => {
  async function call(phone: Stage): Promise<Response> {
    const { access_token } = phone.sandbox.api.tokens.issueStable(
      'pingan-meizhou',
      phone.clock.now(),
      false,
      '',
    );
    return fetch(`${phone.origin}/sandbox/platform/cgi-bin/user/get?access_token=${access_token}`, {
      signal: AbortSignal.timeout(200),
    });
  }

  async function withFault(fault: object, times = 1): Promise<Stage> {
    const phone = await stage();
    const faults = [{ endpoint: '/cgi-bin/user/get', times, fault }];
    const misbehaviour = { slowMs: 0, duplicateAll: false, outOfOrder: false, faults };
    expect((await phone.send('PUT', '/api/accounts/pingan-meizhou/misbehaviour', misbehaviour)).status).toBe(
      200,
    );
    return phone;
  }

  it('answers JSON with status 200', async () => {
    const response = await call(await stage());
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ errcode: 0, total: 1 });
  });

  it('answers an error code to the next calls, as many as asked for', async () => {
    const phone = await withFault({ kind: 'errcode', errcode: -1 }, 2);
    const answers: unknown[] = [];
    for (let calls = 0; calls < 3; calls += 1) answers.push(await (await call(phone)).json());
    expect(answers).toMatchObject([{ errcode: -1 }, { errcode: -1 }, { errcode: 0 }]);
  });

  it('is told in parts how to misbehave: what is left out behaves', async () => {
    const phone = await withFault({ kind: 'drop' });
    expect(phone.account.misbehaviour).toMatchObject({
      rates: [],
      latencies: [],
      failEvery: 0,
      reports: { delayMs: 0, massAfterMs: 2000, outOfOrder: false, beforeAnswer: false, loseEvery: 0 },
    });
    await expect(call(phone)).rejects.toThrow('fetch failed');
    expect(phone.sandbox.tally.of(phone.account)).toEqual({ '/cgi-bin/user/get': { drop: 1 } });
  });

  it('answers an HTTP error', async () => {
    const phone = await withFault({ kind: 'http', status: 502 });
    expect([(await call(phone)).status, (await call(phone)).status]).toEqual([502, 200]);
  });

  it('hangs', async () => {
    const phone = await withFault({ kind: 'hang' });
    await expect(call(phone)).rejects.toThrow('timeout');
    expect((await call(phone)).status).toBe(200);
  });

  it('does what it is told and breaks the connection', async () => {
    const phone = await withFault({ kind: 'cut' });
    await expect(call(phone)).rejects.toThrow('fetch failed');
    expect(phone.sandbox.api.quotas.usedToday('pingan-meizhou', '/cgi-bin/user/get', phone.clock.now())).toBe(
      1,
    );
  });
});
