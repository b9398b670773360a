import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import { grant } from '../../support/staff-builders.js';
import {
  clientOf,
  openBackOffice,
  passwordOf,
  signIn,
  type BackOffice,
  type Client,
} from '../../support/open-back-office.js';

const minute = 60_000;
const hour = 60 * minute;
const strong = '梅州的秋天 1234 很凉快';

let office: BackOffice;

beforeAll(async () => {
  office = await openBackOffice({ nodes: 2 });
});

afterAll(() => office.close());

describe('the sign-in', () => {
  it('opens a session, whatever the case of the name', async () => {
    const member = await office.addMember([grant('editor', 'pingan-meizhou')]);
    const response = await attempt(member.username.toUpperCase(), passwordOf(member));

    expect(response.status).toBe(201);
    expect(response.body).toMatchObject({
      staffId: member.id,
      roles: [{ accountId: 'pingan-meizhou', role: 'editor' }],
      permissions: [],
      mustChangePassword: false,
      totp: false,
    });
    const client = clientOf(office.http, member, response);
    expect((await client.get('/session')).body).toEqual(response.body);
  });

  it('keeps no token: only its hash is stored', async () => {
    const { member } = await office.enter(grant('editor'));
    const stored = await office.database.connection
      .collection('staff_sessions')
      .findOne({ staffId: member.id });
    expect(Object.keys(stored!).sort()).toEqual(
      [
        '_id',
        'address',
        'agent',
        'createdAt',
        'expiresAt',
        'lastSeenAt',
        'staffId',
        'tokenHash',
        'until',
      ].sort(),
    );
    expect(stored!['tokenHash']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('answers everything that is wrong in one way', async () => {
    const active = await office.addMember([grant('editor')]);
    const suspended = await office.addMember([grant('editor')], { status: 'suspended' });
    const demo = await office.addMember([grant('editor')], { demoPassword: 'known to all' });
    const answers = [
      await attempt('nobody-at-all', 'whatever it is'),
      await attempt(active.username, 'wrong password'),
      await attempt(suspended.username, passwordOf(suspended)),
      await attempt(demo.username, passwordOf(demo)),
    ];

    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]!.body.error.code).toBe('sign_in_failed');
  });

  it('lets no more than ten of twenty guesses through that come to two nodes at once', async () => {
    const member = await office.addMember([grant('editor')]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        office.nodes[index % 2]!.post('/api/v1/session').send({
          username: member.username,
          password: `guess number ${index}`,
        }),
      ),
    );

    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
    expect((await attempt(member.username, passwordOf(member))).status).toBe(429);
  });

  it('lets twenty people in at once', async () => {
    const members = await Promise.all(Array.from({ length: 20 }, () => office.addMember([grant('editor')])));
    const answers = await Promise.all(members.map((one) => attempt(one.username, passwordOf(one))));

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
  });

  it('forgets the failures before a success', async () => {
    const member = await office.addMember([grant('editor')]);
    for (let count = 0; count < 9; count += 1) await attempt(member.username, 'wrong password');
    await signIn(office.http, member);

    expect((await attempt(member.username, 'wrong password')).status).toBe(401);
    expect((await attempt(member.username, passwordOf(member))).status).toBe(201);
  });

  it('is found in the audit trail, and so is a failure', async () => {
    const { member } = await office.enter(grant('editor'));
    await attempt(member.username, 'wrong password');
    const [failure, success] = await office.audited();

    expect(failure).toMatchObject({ action: 'session.refuse', object: { kind: 'staff', id: '' } });
    expect(success).toMatchObject({ action: 'session.open', object: { kind: 'staff', id: member.id } });
  });
});

describe('a session', () => {
  it('ends when nothing is heard of it for half an hour', async () => {
    const client = await office.enter(grant('editor'));
    office.clock.pass(29 * minute);
    expect((await client.get('/session')).status).toBe(200);
    office.clock.pass(29 * minute);
    expect((await client.get('/session')).status).toBe(200);
    office.clock.pass(30 * minute);
    expect((await client.get('/session')).status).toBe(401);
  });

  it('ends after twelve hours, whatever is heard of it', async () => {
    const client = await office.enter(grant('editor'));
    for (let passed = 0; passed < 11.5 * hour; passed += 29 * minute) {
      expect((await client.get('/session')).status).toBe(200);
      office.clock.pass(29 * minute);
    }
    office.clock.pass(29 * minute);
    expect((await client.get('/session')).status).toBe(401);
  });

  it('ends with the sign-out', async () => {
    const client = await office.enter(grant('editor'));
    const response = await client.delete('/session');
    expect([response.status, response.get('set-cookie')?.[0]?.startsWith('suishen-session=;')]).toEqual([
      204,
      true,
    ]);
    expect((await client.get('/session')).status).toBe(401);
  });

  it('can be seen and ended from another browser of the same person', async () => {
    const lost = await office.enter(grant('editor'));
    const here = await signIn(office.http, lost.member);
    const { sessions } = (await here.get('/sessions')).body;
    expect(sessions).toHaveLength(2);
    const other = sessions.find(({ current }: { current: boolean }) => !current);
    expect((await here.delete(`/sessions/${other.id}`)).status).toBe(204);

    expect((await lost.get('/session')).status).toBe(401);
    expect((await here.get('/session')).status).toBe(200);
  });

  it('of somebody else cannot be ended', async () => {
    const other = await office.enter(grant('editor'));
    const { sessionId } = (await other.get('/session')).body;
    const client = await office.enter(grant('editor'));

    expect((await client.delete(`/sessions/${sessionId}`)).status).toBe(404);
    expect((await other.get('/session')).status).toBe(200);
  });

  it('is of no use to somebody who has been suspended', async () => {
    const client = await office.enter(grant('editor'));
    await office.database.connection
      .collection<{ _id: string }>('staff')
      .updateOne({ _id: client.member.id }, { $set: { status: 'suspended' } });

    expect((await client.get('/session')).status).toBe(401);
  });
});

describe('a password', () => {
  it('made by the program must be replaced before anything else', async () => {
    const member = await office.addMember([grant('administrator')], { mustChangePassword: true });
    const client = await signIn(office.http, member);
    const before = await client.get('/staff');
    expect([before.status, before.body.error.code]).toEqual([403, 'password_change_required']);

    client.renew(await client.put('/password', { current: passwordOf(member), next: strong }));
    expect((await client.get('/staff')).status).toBe(200);
  });

  it('once changed, ends every session, and begins a new one here', async () => {
    const elsewhere = await office.enter(grant('editor'));
    const here = await signIn(office.http, elsewhere.member);
    const response = await here.put('/password', { current: passwordOf(here.member), next: strong });
    expect(response.status).toBe(200);

    expect((await elsewhere.get('/session')).status).toBe(401);
    expect((await here.get('/session')).status).toBe(401);
    here.renew(response);
    expect((await here.get('/session')).status).toBe(200);
    expect((await attempt(here.member.username, passwordOf(here.member))).status).toBe(401);
    expect((await attempt(here.member.username, strong)).status).toBe(201);
  });

  it.each<[string, (client: Client) => string]>([
    ['short', () => 'short'],
    ['common', () => 'Password1234'],
    ['of few different characters', () => '121212121212'],
    ['with the name in it', ({ member }) => `my ${member.username.toUpperCase()}`],
    ['that is the current one', ({ member }) => passwordOf(member)],
  ])('%s is refused, with its field', async (_what, next) => {
    const client = await office.enter(grant('editor'));
    const { status, body } = await client.put('/password', {
      current: passwordOf(client.member),
      next: next(client),
    });
    expect([status, body.error.code, body.error.details.fields[0].path]).toEqual([
      400,
      'weak_password',
      'body.next',
    ]);
    expect((await client.get('/session')).status).toBe(200);
  });

  it('is changed only by whoever knows the current one, and guesses are counted', async () => {
    const client = await office.enter(grant('editor'));
    const guess = () => client.put('/password', { current: 'wrong password', next: strong });
    expect((await guess()).body.error.code).toBe('wrong_password');
    const statuses = await Promise.all(Array.from({ length: 15 }, async () => (await guess()).status));

    expect(statuses.filter((status) => status === 429)).toHaveLength(6);
  });
});

describe('two-step sign-in', () => {
  it('asks for a code once it is on', async () => {
    const { client, code } = await turnOn();
    const { member } = client;
    const without = await attempt(member.username, passwordOf(member));
    expect([without.status, without.body.error.code]).toEqual([401, 'code_required']);
    office.clock.pass(minute);
    expect((await signIn(office.http, member, { code: await code() })).member).toBe(member);
    expect((await client.get('/session')).body.totp).toBe(true);
  });

  it('says nothing of the password when the code is missing and the password is wrong', async () => {
    const { client } = await turnOn();
    expect((await attempt(client.member.username, 'wrong password')).body.error.code).toBe('sign_in_failed');
  });

  it('takes a code once, however many use it at once', async () => {
    const { client, code } = await turnOn();
    office.clock.pass(minute);
    const body = {
      username: client.member.username,
      password: passwordOf(client.member),
      code: await code(),
    };
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => office.nodes[index % 2]!.post('/api/v1/session').send(body)),
    );

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  });

  it('does not take again the code that turned it on', async () => {
    const { client, code } = await turnOn();
    const { member } = client;
    const replayed = await office.http
      .post('/api/v1/session')
      .send({ username: member.username, password: passwordOf(member), code: await code() });
    expect([replayed.status, replayed.body.error.code]).toEqual([401, 'sign_in_failed']);
  });

  it('is not on before a first code has been right', async () => {
    const client = await office.enter(grant('editor'));
    await client.post('/totp', { password: passwordOf(client.member) });
    const wrong = await client.put('/totp', { code: '000000' });

    expect([wrong.status, wrong.body.error.code]).toEqual([400, 'wrong_code']);
    expect((await attempt(client.member.username, passwordOf(client.member))).status).toBe(201);
  });

  it('keeps its secret sealed', async () => {
    const { client, secret } = await turnOn();
    const { totp } = (await office.staff.find(client.member.id))!;
    expect(totp!.sealedSecret).not.toContain(secret);
  });

  it('is begun and turned off only with the password', async () => {
    const { client } = await turnOn();
    expect((await client.post('/totp', { password: 'wrong password' })).body.error.code).toBe(
      'wrong_password',
    );
    expect((await client.post('/totp', { password: passwordOf(client.member) })).body.error.code).toBe(
      'totp_already_on',
    );
    expect((await client.post('/totp/removal', { password: 'wrong password' })).status).toBe(400);
    expect((await client.post('/totp/removal', { password: passwordOf(client.member) })).status).toBe(204);
    expect((await attempt(client.member.username, passwordOf(client.member))).status).toBe(201);
  });

  async function turnOn() {
    const client = await office.enter(grant('editor'));
    const { secret, uri } = (await client.post('/totp', { password: passwordOf(client.member) })).body;
    expect(uri).toContain(`secret=${secret}`);
    const code = () => generate({ secret, epoch: Math.floor(office.clock.now() / 1_000) });
    expect((await client.put('/totp', { code: await code() })).status).toBe(204);
    return { client, secret: String(secret), code };
  }
});

function attempt(username: string, password: string) {
  return office.http.post('/api/v1/session').send({ username, password });
}
