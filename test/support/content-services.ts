import type { Actor } from '../../src/core/actor.js';
import type { RoleGrant, StaffRole } from '../../src/core/permissions.js';
import type { Content } from '../../src/dialog/content-model.js';
import { AuditTrail } from '../../src/features/audit/audit-trail.js';
import { assembleContentServices } from '../../src/features/content/content-services.js';
import { ContentWorkHere } from '../../src/features/content/work/content-work.js';
import { freezeContent } from '../../src/features/content/items/frozen-content.js';
import { AuditStoreFake } from './fakes/audit-store-fake.js';
import { DraftStoreFake } from './fakes/draft-store-fake.js';
import { FrozenContentStoreFake } from './fakes/frozen-content-store-fake.js';
import { ReleaseStoreFake } from './fakes/release-store-fake.js';
import { SnapshotStoreFake } from './fakes/snapshot-store-fake.js';
import { SubmissionStoreFake } from './fakes/submission-store-fake.js';
import { TransactionRunnerFake } from './fakes/transaction-runner-fake.js';

/** The services of the content slice on stores in memory, on a clock that only the test moves. */
export function openContentServices() {
  const time = { now: Date.parse('2026-11-22T08:00:00Z') };
  const clock = { now: () => time.now };
  const stores = {
    transactions: new TransactionRunnerFake(),
    drafts: new DraftStoreFake(),
    releases: new ReleaseStoreFake(),
    contents: new FrozenContentStoreFake(),
    submissions: new SubmissionStoreFake(),
    snapshots: new SnapshotStoreFake(),
  };
  const auditStore = new AuditStoreFake();
  const audit = new AuditTrail({ store: auditStore, clock });
  let ids = 0;
  const services = assembleContentServices({
    ...stores,
    audit,
    work: new ContentWorkHere([]),
    clock,
    forms: [],
    newId: () => `id-${(ids += 1)}`,
  });
  return { ...services, stores, audit, audited: auditStore.events, time };
}

export function actor(staffId: string, name = staffId): Actor {
  return { by: { staffId, name }, from: { address: '127.0.0.1', agent: 'test' } };
}

/** Somebody with roles in every account. */
export function reviewer(staffId: string, ...roles: StaffRole[]): { actor: Actor; roles: RoleGrant[] } {
  return { actor: actor(staffId), roles: roles.map((role) => ({ accountId: '*', role })) };
}

export async function hashOf(content: Content): Promise<string> {
  return (await freezeContent(content)).hash;
}
