import type { Actor } from '../../src/core/actor.js';
import type { AuditEntry } from '../../src/features/audit/audit-event.js';

export function buildActor(staffId = 'li'): Actor {
  return { by: { staffId, name: `${staffId}同志` }, from: { address: '10.1.2.3', agent: 'a browser' } };
}

export function buildEntry(overrides: Partial<AuditEntry> = {}): AuditEntry {
  return {
    ...buildActor(),
    accountId: 'pingan-meizhou',
    action: 'reply.edit',
    object: { kind: 'reply', id: 'id-card' },
    changes: [{ path: 'text', before: '旧', after: '新' }],
    ...overrides,
  };
}
