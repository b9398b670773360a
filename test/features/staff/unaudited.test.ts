import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { NodeFieldCipher } from '../../../src/core/field-cipher-node.js';
import { AuditTrail } from '../../../src/features/audit/audit-trail.js';
import { OwnAccount } from '../../../src/features/staff/own-account.js';
import { PasswordHasher } from '../../../src/features/staff/password-hasher.js';
import { RequestExecutor } from '../../../src/features/staff/request-executor.js';
import { Sessions } from '../../../src/features/staff/sessions.js';
import { SignIn } from '../../../src/features/staff/sign-in.js';
import { SignInThrottle, addressLimit, usernameLimit } from '../../../src/features/staff/sign-in-throttle.js';
import { StaffRequests } from '../../../src/features/staff/staff-requests.js';
import { TotpCodes } from '../../../src/features/staff/totp-codes.js';
import { createRateLimiterMemory } from '../../../src/storage/rate-limiter-memory.js';
import { AuditStoreFake } from '../../support/fakes/audit-store-fake.js';
import { SessionStoreFake } from '../../support/fakes/session-store-fake.js';
import { StaffRequestStoreFake } from '../../support/fakes/staff-request-store-fake.js';
import { StaffStoreFake } from '../../support/fakes/staff-store-fake.js';
import { TransactionRunnerFake } from '../../support/fakes/transaction-runner-fake.js';
import { buildMember, grant } from '../../support/staff-builders.js';

const from = { address: '10.1.2.3', agent: 'a browser' };
const password = '梅州的秋天 1234 很凉快';

/** What could not be recorded did not happen. */
describe('while the audit trail cannot be written,', () => {
  it('nobody is signed in', async () => {
    const { signIn, sessionStore, member, audit, now } = await open();
    audit.isDown = true;
    await expect(signIn.signIn({ username: member.username, password }, from)).rejects.toThrow(
      'audit is down',
    );

    expect(await sessionStore.list(member.id, now)).toEqual([]);
  });

  it('no password is changed', async () => {
    const { ownAccount, staff, member, audit } = await open();
    audit.isDown = true;
    const change = ownAccount.changePassword(actorOf(member), { current: password, next: `new ${password}` });
    await expect(change).rejects.toThrow('audit is down');

    expect(await staff.find(member.id)).toEqual(member);
  });

  it('no request is made', async () => {
    const { requests, member, other, clerk, audit } = await open();
    audit.isDown = true;
    await expect(requests.make(actorOf(member), { kind: 'suspend', staffId: clerk.id }, '')).rejects.toThrow(
      'audit is down',
    );

    expect((await requests.list(other, {}, 10)).requests).toEqual([]);
  });

  it('no request is carried out', async () => {
    const { requests, staff, member, other, clerk, audit } = await open();
    const { id } = await requests.make(actorOf(member), { kind: 'suspend', staffId: clerk.id }, '');
    audit.isDown = true;
    await expect(requests.decide(actorOf(other), id, { verdict: 'approve' })).rejects.toThrow(
      'audit is down',
    );

    expect((await staff.find(clerk.id))?.status).toBe('active');
    expect((await requests.list(other, {}, 10)).requests).toMatchObject([{ id, state: 'pending' }]);
  });
});

class FailingAuditStore extends AuditStoreFake {
  isDown = false;

  override async findHead(accountId: string) {
    if (this.isDown) throw new Error('audit is down');
    return super.findHead(accountId);
  }
}

async function open() {
  const clock = { now: () => Date.parse('2026-11-22T08:00:00Z') };
  const audit = new FailingAuditStore();
  const trail = new AuditTrail({ store: audit, clock });
  const runner = new TransactionRunnerFake();
  const hasher = new PasswordHasher({ logCost: 4, r: 8, p: 1 });
  const staff = new StaffStoreFake();
  const sessionStore = new SessionStoreFake();
  const limits = { idleMs: 60_000, absoluteMs: 60_000 };
  const sessions = new Sessions({ staff, sessions: sessionStore, limits, clock, demoAllowed: false });
  const cipher = new NodeFieldCipher({ key: randomBytes(32), hashKey: randomBytes(32) });
  const own = {
    staff,
    sessions,
    hasher,
    codes: new TotpCodes({ cipher, clock }),
    throttle: new SignInThrottle({
      byUsername: createRateLimiterMemory(usernameLimit),
      byAddress: createRateLimiterMemory(addressLimit),
    }),
    runner,
    trail,
  };
  const passwordHash = await hasher.hash(password);
  const [member, other, clerk] = [
    buildMember({ roles: [grant('administrator')], passwordHash }),
    buildMember({ roles: [grant('administrator')] }),
    buildMember(),
  ];
  await runner.run(async (tx) => {
    for (const one of [member, other, clerk]) await staff.insert(tx, one);
  });
  const requests = new StaffRequests({
    staff,
    requests: new StaffRequestStoreFake(),
    sessions,
    executor: new RequestExecutor({ staff, sessions, trail, clock }),
    hasher,
    runner,
    trail,
    clock,
    isAccount: () => true,
  });
  return {
    signIn: new SignIn(own),
    ownAccount: new OwnAccount(own),
    requests,
    staff,
    sessionStore,
    member,
    other,
    clerk,
    audit,
    now: new Date(clock.now()),
  };
}

function actorOf({ id, name }: { id: string; name: string }) {
  return { by: { staffId: id, name }, from };
}
