import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  clientOf,
  openBackOffice,
  signIn,
  type BackOffice,
  type Client,
} from '../../support/open-back-office.js';
import { grant } from '../../support/staff-builders.js';

const strong = '梅州的秋天 1234 很凉快';

/** Three administrators of everything, in an office of their own for each test. */
let office: BackOffice;
let anna: Client;
let bert: Client;
let cora: Client;

beforeEach(async () => {
  office = await openBackOffice();
  [anna, bert, cora] = await Promise.all([
    office.enter(grant('administrator')),
    office.enter(grant('administrator')),
    office.enter(grant('administrator')),
  ]);
});

afterEach(() => office.close());

describe('an invitation', () => {
  it('that a second administrator approves makes somebody who can sign in, and must change the password', async () => {
    const request = await ask(anna, invitation());
    expect(
      (await office.http.post('/api/v1/session').send({ username: 'new-clerk', password: 'x' })).status,
    ).toBe(401);
    const { oneTimePassword, request: decided } = (await decide(bert, request)).body;
    expect(decided).toMatchObject({ state: 'approved', decision: { by: { staffId: bert.member.id } } });

    const member = (await office.staff.findByUsername('new-clerk'))!;
    const client = await signIn(office.http, member, { password: oneTimePassword });
    expect((await client.get('/session')).body).toMatchObject({
      name: '新同志',
      mustChangePassword: true,
      roles: [{ accountId: 'pingan-meizhou', role: 'editor', department: '户政科' }],
    });
    expect((await client.put('/password', { current: oneTimePassword, next: strong })).status).toBe(200);
  });

  it('cannot be approved by the one who asked, and the attempt is audited', async () => {
    const request = await ask(anna, invitation());
    const response = await decide(anna, request);

    expect([response.status, response.body.error.code]).toEqual([403, 'forbidden']);
    expect(await office.staff.findByUsername('new-clerk')).toBeNull();
    expect(await office.audited({ action: 'access.refuse' })).toMatchObject([
      {
        by: { staffId: anna.member.id },
        object: { id: 'POST /api/v1/staff-requests/:requestId/decision' },
        reason: 'forbidden',
      },
    ]);
  });

  it('is carried out once when two administrators approve it at once', async () => {
    const request = await ask(anna, invitation());
    const answers = await Promise.all([decide(bert, request), decide(cora, request)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.error.code).toBe('request_decided');
    expect(await office.audited({ action: 'staff.invite' })).toHaveLength(1);
    expect((await office.trail.verify('system')).intact).toBe(true);
  });

  it('leaves a full record', async () => {
    const request = await ask(anna, invitation(), '新到岗');
    await decide(bert, request);

    expect(await office.audited({ action: 'staff-request.make' })).toMatchObject([
      { by: { staffId: anna.member.id }, object: { id: request }, reason: '新到岗' },
    ]);
    const [event] = await office.audited({ action: 'staff.invite' });
    expect(event).toMatchObject({ by: { staffId: bert.member.id }, reason: '新到岗' });
    expect(event!.changes).toContainEqual({ path: 'username', after: 'new-clerk' });
    expect(JSON.stringify(await office.audited())).not.toMatch(/scrypt|sealedSecret/);
  });

  it.each<[string, object, number, string]>([
    ['to an account that is not served', { roles: [grant('editor', 'nowhere')] }, 400, 'unknown_account'],
    ['to the system’s own records', { roles: [grant('auditor', 'system')] }, 400, 'unknown_account'],
    ['with no role', { roles: [] }, 400, 'invalid_request'],
    ['with an odd username', { username: '../etc' }, 400, 'invalid_request'],
    ['with an unknown role', { roles: [{ accountId: '*', role: 'emperor' }] }, 400, 'invalid_request'],
  ])('%s is refused', async (_what, overrides, status, code) => {
    const response = await send(anna, invitation(overrides));
    expect([response.status, response.body.error.code]).toEqual([status, code]);
  });

  it('for a username that is taken is refused, at once or when it is approved', async () => {
    const taken = await send(anna, invitation({ username: cora.member.username.toUpperCase() }));
    expect([taken.status, taken.body.error.code]).toEqual([409, 'username_taken']);

    const request = await ask(anna, invitation());
    await office.addMember([], { username: 'New-Clerk' });
    const response = await decide(bert, request);
    expect([response.status, response.body.error.code]).toEqual([409, 'username_taken']);
    expect((await list(anna))[0]).toMatchObject({ id: request, state: 'pending' });
  });
});

describe('a request', () => {
  it('about oneself is refused, whether asked for or approved', async () => {
    const ownRise = await send(anna, {
      kind: 'change_roles',
      staffId: anna.member.id,
      roles: [grant('leader')],
    });
    expect([ownRise.status, ownRise.body.error.code]).toEqual([403, 'forbidden']);

    const request = await ask(anna, {
      kind: 'change_roles',
      staffId: bert.member.id,
      roles: [grant('administrator'), grant('leader')],
    });
    expect((await decide(bert, request)).status).toBe(403);
    expect((await decide(bert, request, 'refuse')).status).toBe(403);
    expect((await decide(cora, request)).status).toBe(200);
  });

  it('is made once while it waits, and again when it has been refused', async () => {
    const clerk = await office.addMember([grant('editor')]);
    const details = { kind: 'suspend', staffId: clerk.id };
    const [first, second] = await Promise.all([send(anna, details), send(bert, details)]);
    expect([first.status, second.status].sort()).toEqual([201, 409]);
    const { id } = (first.status === 201 ? first : second).body;

    expect((await decide(cora, id, 'refuse')).body.request.state).toBe('refused');
    expect((await office.staff.find(clerk.id))?.status).toBe('active');
    expect((await send(anna, details)).status).toBe(201);
  });

  it('is refused with a reason, which whoever asked reads and the trail keeps', async () => {
    const clerk = await office.addMember([grant('editor')]);
    const request = await ask(anna, { kind: 'suspend', staffId: clerk.id });
    const blank = { verdict: 'refuse', reason: ' ' };
    expect((await cora.post(`/staff-requests/${request}/decision`, blank)).status).toBe(400);
    await cora.post(`/staff-requests/${request}/decision`, { verdict: 'refuse', reason: '他下周才离岗' });

    expect((await list(anna))[0]).toMatchObject({
      state: 'refused',
      decision: { by: { staffId: cora.member.id }, reason: '他下周才离岗' },
    });
    expect(await office.audited({ action: 'staff-request.refuse' })).toMatchObject([
      { by: { staffId: cora.member.id }, reason: '他下周才离岗' },
    ]);
  });

  it('is withdrawn by the one who made it', async () => {
    const clerk = await office.addMember([grant('editor')]);
    const request = await ask(anna, { kind: 'suspend', staffId: clerk.id });

    expect((await decide(anna, request, 'refuse')).body.request.state).toBe('withdrawn');
    expect((await decide(bert, request)).body.error.code).toBe('request_decided');
  });

  it('expires', async () => {
    const clerk = await office.addMember([grant('editor')]);
    const request = await ask(anna, { kind: 'suspend', staffId: clerk.id });
    office.clock.pass(7 * 24 * 60 * 60_000);
    const late = await signIn(office.http, bert.member);

    expect((await list(late))[0]).toMatchObject({ state: 'expired' });
    expect((await decide(late, request)).body.error.code).toBe('request_expired');
    expect((await office.staff.find(clerk.id))?.status).toBe('active');
    expect((await send(late, { kind: 'suspend', staffId: clerk.id })).status).toBe(201);
  });

  it('of an administrator who has lost the office meanwhile cannot be approved', async () => {
    const clerk = await office.addMember([grant('editor')]);
    const request = await ask(anna, { kind: 'suspend', staffId: clerk.id });
    await decide(cora, await ask(bert, { kind: 'change_roles', staffId: anna.member.id, roles: [] }));

    expect((await decide(bert, request)).status).toBe(403);
  });

  it('crossing another cannot leave both administrators without the office', async () => {
    const dora = await office.enter(grant('administrator'));
    const lowerBert = await ask(dora, { kind: 'change_roles', staffId: bert.member.id, roles: [] });
    const lowerCora = await ask(dora, { kind: 'change_roles', staffId: cora.member.id, roles: [] });
    const answers = await Promise.all([decide(cora, lowerBert), decide(bert, lowerCora)]);

    expect(answers.map(({ status }) => status === 200).sort()).toEqual([false, true]);
  });

  it('for what is so already is refused', async () => {
    const clerk = await office.addMember([grant('editor')]);
    for (const details of [{ kind: 'reactivate' }, { kind: 'change_roles', roles: [grant('editor')] }]) {
      const response = await send(anna, { ...details, staffId: clerk.id });
      expect([response.status, response.body.error.code]).toEqual([409, 'nothing_to_change']);
    }
  });

  it('about nobody, or with an unknown number, is not found', async () => {
    expect((await send(anna, { kind: 'suspend', staffId: randomUUID() })).status).toBe(404);
    expect((await decide(anna, randomUUID())).status).toBe(404);
  });

  it('needs an administrator, and the attempt of anybody else is audited', async () => {
    const clerk = await office.enter(grant('leader'), grant('auditor'));
    const response = await send(clerk, { kind: 'suspend', staffId: anna.member.id });

    expect([response.status, response.body.error.code]).toEqual([403, 'forbidden']);
    expect(await office.audited({ action: 'access.refuse' })).toMatchObject([
      { by: { staffId: clerk.member.id } },
    ]);
  });
});

describe('an administrator of one account', () => {
  it('has no say about those who work in others', async () => {
    const local = await office.enter(grant('administrator', 'pingan-meizhou'));
    const colleague = await office.addMember([
      grant('editor', 'pingan-meizhou'),
      grant('editor', 'meizhou-traffic'),
    ]);
    for (const staffId of [anna.member.id, colleague.id])
      expect((await send(local, { kind: 'reset_password', staffId })).status).toBe(403);
    const rise = { kind: 'invite', username: 'puppet', name: '木偶', roles: [grant('administrator')] };
    expect((await send(local, rise)).status).toBe(403);
    expect((await local.delete(`/staff/${anna.member.id}/sessions`)).status).toBe(404);
    expect((await local.delete(`/staff/${colleague.id}/sessions`)).status).toBe(403);
  });

  it('decides with another of the same account, and sees nothing of the rest', async () => {
    const one = await office.enter(grant('administrator', 'pingan-meizhou'));
    const other = await office.enter(grant('administrator', 'pingan-meizhou'));
    const far = await office.enter(grant('administrator', 'meizhou-traffic'));
    const details = {
      kind: 'invite',
      username: 'clerk',
      name: '新',
      roles: [grant('editor', 'pingan-meizhou')],
    };
    const request = await ask(one, details);

    expect(await list(far)).toEqual([]);
    expect((await decide(far, request)).status).toBe(403);
    expect((await decide(other, request)).status).toBe(200);
    const seen = (await one.get('/staff')).body.staff.map(({ id }: { id: string }) => id);
    expect(seen).toContain(other.member.id);
    expect(seen).not.toContain(far.member.id);
    expect(seen).not.toContain(anna.member.id);
  });
});

describe('with a single administrator', () => {
  it('nothing can be asked for: the command line is the way', async () => {
    for (const other of [bert, cora]) {
      await office.database.connection
        .collection<{ _id: string }>('staff')
        .updateOne({ _id: other.member.id }, { $set: { status: 'suspended' } });
    }
    const details = { kind: 'invite', username: 'clerk', name: '新', roles: [grant('editor')] };
    const response = await send(anna, details);

    expect([response.status, response.body.error.code]).toEqual([409, 'no_second_administrator']);
    expect(response.body.error.message).toContain('create-admin');
  });
});

describe('once approved,', () => {
  it('new roles hold at the next sign-in, and all sessions have ended', async () => {
    const clerk = await office.enter(grant('editor'));
    const roles = [grant('auditor')];
    await decide(bert, await ask(anna, { kind: 'change_roles', staffId: clerk.member.id, roles }));

    expect((await clerk.get('/session')).status).toBe(401);
    const again = await signIn(office.http, clerk.member);
    expect((await again.get('/session')).body).toMatchObject({
      roles,
      permissions: expect.arrayContaining(['staff.view', 'audit.view']),
    });
    expect((await office.audited({ action: 'staff.change_roles' }))[0]!.changes).toContainEqual({
      path: 'roles',
      before: [grant('editor')],
      after: roles,
    });
  });

  it('a suspension ends the sessions and the sign-in, and a reactivation gives back the sign-in', async () => {
    const clerk = await office.enter(grant('editor'));
    const staffId = clerk.member.id;
    await decide(bert, await ask(anna, { kind: 'suspend', staffId }));
    expect((await clerk.get('/session')).status).toBe(401);
    await expect(signIn(office.http, clerk.member)).rejects.toThrow('sign_in_failed');

    await decide(bert, await ask(anna, { kind: 'reactivate', staffId }));
    expect((await clerk.get('/session')).status).toBe(401);
    await expect(signIn(office.http, clerk.member)).resolves.toBeDefined();
  });

  it('a reset gives a one-time password, and takes away the second factor where asked', async () => {
    const clerk = await office.addMember([grant('editor')], {
      totp: { sealedSecret: 'lost', confirmed: true, lastTimeStep: 0 },
    });
    const request = await ask(anna, { kind: 'reset_password', staffId: clerk.id, removeTotp: true });
    const { oneTimePassword } = (await decide(bert, request)).body;

    await expect(signIn(office.http, clerk)).rejects.toThrow('sign_in_failed');
    const client = await signIn(office.http, clerk, { password: oneTimePassword });
    expect((await client.get('/session')).body).toMatchObject({ mustChangePassword: true, totp: false });
  });
});

describe('the list of requests', () => {
  it('is paged, tells what waits from what is over, and whom each is about', async () => {
    const clerk = await office.addMember([grant('editor')], { name: '李小红' });
    const suspension = await ask(anna, { kind: 'suspend', staffId: clerk.id });
    office.clock.pass(1_000);
    const invited = await ask(anna, invitation());
    const read = async (query: string) => (await bert.get(`/staff-requests?${query}`)).body;

    const first = await read('open=true&limit=1');
    expect(first).toMatchObject({
      requests: [{ id: invited, person: { username: 'new-clerk', roles: [] } }],
      next: invited,
    });
    expect(await read(`open=true&limit=1&after=${first.next}`)).toMatchObject({
      requests: [{ id: suspension, person: { name: '李小红', roles: clerk.roles } }],
      next: null,
    });

    await decide(bert, suspension);
    expect(await read('open=true')).toMatchObject({ requests: [{ id: invited }] });
    expect(await read('open=false')).toMatchObject({ requests: [{ id: suspension, state: 'approved' }] });
  });
});

describe('the list of staff', () => {
  it('is paged, filtered, and shows no secret', async () => {
    await office.addMember([grant('editor', 'pingan-meizhou')], { username: 'aaa-1' });
    await office.addMember([grant('editor', 'meizhou-traffic')], { username: 'aaa-2', status: 'suspended' });
    const first = (await anna.get('/staff?limit=1')).body;
    expect(first).toMatchObject({ staff: [{ username: 'aaa-1' }], next: 'aaa-1' });
    const second = (await anna.get('/staff?limit=1&after=aaa-1')).body;
    expect(second.staff).toMatchObject([{ username: 'aaa-2', status: 'suspended', totp: false }]);
    expect(Object.keys(second.staff[0]).sort()).toEqual(
      ['id', 'username', 'name', 'status', 'roles', 'totp', 'mustChangePassword', 'createdAt'].sort(),
    );
    expect((await anna.get('/staff?status=suspended')).body.staff).toHaveLength(1);
    expect((await anna.get('/staff?accountId=meizhou-traffic')).body.staff).toHaveLength(4);
  });

  it('is searched by name, username and role', async () => {
    await office.addMember([grant('editor', 'pingan-meizhou')], { username: 'Clerk-7', name: '李小红' });
    const idsOf = async (query: string) =>
      (await anna.get(`/staff?${query}`)).body.staff.map(({ username }: { username: string }) => username);
    expect(await idsOf(`text=${encodeURIComponent('小红')}`)).toEqual(['Clerk-7']);
    expect(await idsOf('text=clerk-7&role=editor')).toEqual(['Clerk-7']);
    expect(await idsOf('text=clerk-7&role=leader')).toEqual([]);
    // The role must be held in the account that is asked for.
    expect(await idsOf('text=clerk-7&role=editor&accountId=meizhou-traffic')).toEqual([]);
  });

  it('lets an administrator sign somebody out everywhere', async () => {
    const clerk = await office.enter(grant('editor'));
    const response = await anna.delete(`/staff/${clerk.member.id}/sessions`);

    expect([response.status, response.body]).toEqual([200, { revoked: 1 }]);
    expect((await clerk.get('/session')).status).toBe(401);
  });
});

describe('the list of accounts', () => {
  it('names those in which one has a role, and what one may do there', async () => {
    const auditor = await office.enter(grant('auditor', 'pingan-meizhou'));
    expect((await auditor.get('/accounts')).body.accounts).toEqual([
      {
        accountId: 'pingan-meizhou',
        name: '平安梅州',
        permissions: expect.arrayContaining(['staff.view', 'audit.view']),
      },
    ]);
    expect((await anna.get('/accounts')).body.accounts).toHaveLength(2);
  });
});

describe('the demo sign-ins', () => {
  it('are one for every role, the same after every start, and let one in while the sandbox is on', async () => {
    const sandbox = await openBackOffice({ sandbox: true });
    try {
      const [first] = await Promise.all([sandbox.demo.ensure(), sandbox.demo.ensure()]);
      const again = await sandbox.demo.ensure();
      expect(again.map(({ username }) => username)).toEqual(
        [
          'administrator',
          'administrator-2',
          'auditor',
          'desk-officer',
          'editor',
          'editor-2',
          'leader',
          'notice-sender',
          'section-head',
        ].map((slug) => `demo-${slug}`),
      );
      expect((await sandbox.http.get('/api/v1/demo-sign-ins')).body.signIns).toEqual(again);
      expect(first).toHaveLength(again.length);
      for (const { username, password } of again) {
        const response = await sandbox.http.post('/api/v1/session').send({ username, password });
        expect(response.status).toBe(201);
        const member = (await sandbox.staff.findByUsername(username))!;
        const client = clientOf(sandbox.http, member, response);
        const change = await client.put('/password', { current: password, next: strong });
        expect(change.body.error.code).toBe('demo_member');
      }
    } finally {
      await sandbox.close();
    }
  });

  it('exist nowhere else', async () => {
    await office.demo.ensure();
    expect((await office.http.get('/api/v1/demo-sign-ins')).status).toBe(404);
    const [one] = await office.demo.list();
    const response = await office.http
      .post('/api/v1/session')
      .send({ username: one!.username, password: one!.password });
    expect(response.status).toBe(401);
  });
});

describe('the audit trail', () => {
  it('is read, filtered, exported and verified by an auditor', async () => {
    const auditor = await office.enter(grant('auditor'));
    const clerk = await office.addMember([grant('editor')], { name: '=cmd()' });
    await decide(bert, await ask(anna, { kind: 'suspend', staffId: clerk.id }, '离职，"急"'));
    const at = '/accounts/system/audit-events';

    const page = (await auditor.get(`${at}?limit=2`)).body;
    expect(page.events.map(({ action }: { action: string }) => action)).toEqual([
      'staff.suspend',
      'staff-request.approve',
    ]);
    expect((await auditor.get(`${at}?before=${page.next}&limit=1`)).body.events).toMatchObject([
      { action: 'staff-request.make' },
    ]);
    expect(
      (await auditor.get(`${at}?action=staff.suspend&staffId=${bert.member.id}`)).body.events,
    ).toHaveLength(1);

    const ndjson: Buffer = (await auditor.get(`${at}/export`).responseType('blob')).body;
    const lines = ndjson.toString().trim().split('\n');
    expect(JSON.parse(lines.at(-1)!)).toEqual(page.events[0]);
    const csv = (await auditor.get(`${at}/export?format=csv&action=staff.suspend`)).text;
    expect(csv.split('\r\n')[1]).toContain('"离职，""急"""');
    expect((await auditor.get(`${at}/verification`)).body).toMatchObject({
      intact: true,
      events: lines.length,
    });
  });

  it('of the system is shown only to those who audit every account', async () => {
    const local = await office.enter(grant('auditor', 'pingan-meizhou'));
    expect((await local.get('/accounts/system/audit-events')).status).toBe(404);
    expect((await local.get('/accounts/meizhou-traffic/audit-events')).status).toBe(404);
    expect((await local.get('/accounts/pingan-meizhou/audit-events')).body).toEqual({
      events: [],
      next: null,
    });
  });
});

function invitation(overrides: object = {}) {
  return {
    kind: 'invite',
    username: 'new-clerk',
    name: '新同志',
    roles: [{ accountId: 'pingan-meizhou', role: 'editor', department: '户政科' }],
    ...overrides,
  };
}

function send(client: Client, details: object, reason = '工作需要') {
  return client.post('/staff-requests', { details, reason });
}

async function ask(client: Client, details: object, reason?: string): Promise<string> {
  const response = await send(client, details, reason);
  if (response.status !== 201) throw new Error(`refused: ${JSON.stringify(response.body)}`);
  return response.body.id;
}

function decide(client: Client, request: string, verdict: 'approve' | 'refuse' = 'approve') {
  return client.post(`/staff-requests/${request}/decision`, { verdict });
}

async function list(client: Client): Promise<{ id: string; state: string }[]> {
  return (await client.get('/staff-requests')).body.requests;
}
