import { randomUUID } from 'node:crypto';
import { everyAccount, type RoleGrant, type StaffRole } from '../../src/core/permissions.js';
import type { StaffMember } from '../../src/features/staff/staff-member.js';
import type { StaffRequest } from '../../src/features/staff/staff-request.js';
import type { StaffSession } from '../../src/features/staff/staff-session.js';

export const staffBuiltAt = new Date('2026-11-22T01:00:00Z');

export function buildMember(overrides: Partial<StaffMember> = {}): StaffMember {
  const id = randomUUID();
  return {
    id,
    username: `u-${id.slice(0, 13)}`,
    name: '李同志',
    passwordHash: '',
    mustChangePassword: false,
    totp: null,
    status: 'active',
    roles: [grant('editor')],
    demoPassword: null,
    createdAt: staffBuiltAt,
    ...overrides,
  };
}

export function grant(role: StaffRole, accountId = everyAccount): RoleGrant {
  return { accountId, role };
}

export function buildSession(overrides: Partial<StaffSession> = {}): StaffSession {
  return {
    id: randomUUID(),
    tokenHash: randomUUID(),
    staffId: randomUUID(),
    address: '10.1.2.3',
    agent: 'a browser',
    createdAt: staffBuiltAt,
    lastSeenAt: staffBuiltAt,
    expiresAt: new Date('2099-01-01T00:00:00Z'),
    until: new Date('2099-01-01T00:00:00Z'),
    ...overrides,
  };
}

export function buildRequest(overrides: Partial<StaffRequest> = {}): StaffRequest {
  const subject = randomUUID();
  return {
    id: randomUUID(),
    details: { kind: 'suspend', staffId: subject },
    subject,
    reason: '调离',
    by: { staffId: randomUUID(), name: '王同志' },
    at: staffBuiltAt,
    expiresAt: new Date('2099-01-01T00:00:00Z'),
    state: 'pending',
    decision: null,
    ...overrides,
  };
}
