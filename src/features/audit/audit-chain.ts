import { createHash } from 'node:crypto';
import { canonicalJson } from '../../core/canonical-json.js';
import type { AuditEntry, AuditEvent, ChainHead } from './audit-event.js';

/** Stands in for the hash before the first event. */
export const genesisHash = '0'.repeat(64);

export const emptyChain: ChainHead = { seq: 0, hash: genesisHash };

/** The entry as the next event of the chain that ends at `head`. */
export function sealEvent(entry: AuditEntry, head: ChainHead, at: Date): AuditEvent {
  const event = { ...storable(entry), seq: head.seq + 1, at, prevHash: head.hash };
  return { ...event, hash: hashOf(event) };
}

export type LinkFault = 'missing' | 'altered' | 'relinked';

/** What is wrong with `event` as the one that follows `head`; null when nothing is. */
export function findLinkFault(event: AuditEvent, head: ChainHead): LinkFault | null {
  if (event.seq !== head.seq + 1) return 'missing';
  const { hash, ...sealed } = event;
  if (hashOf(sealed) !== hash) return 'altered';
  return event.prevHash === head.hash ? null : 'relinked';
}

function hashOf({ at, ...event }: Omit<AuditEvent, 'hash'>): string {
  return createHash('sha256')
    .update(canonicalJson({ ...event, at: at.toISOString() }))
    .digest('hex');
}

/** The hash must hold for what comes back from the database, so what goes in is what the database keeps unchanged. */
function storable(entry: AuditEntry): AuditEntry {
  return {
    accountId: entry.accountId,
    by: { staffId: entry.by.staffId, name: wellFormed(entry.by.name) },
    from: { address: entry.from.address, agent: wellFormed(entry.from.agent) },
    action: entry.action,
    object: { kind: entry.object.kind, id: wellFormed(entry.object.id) },
    changes: entry.changes.map(({ path, before, after }) => ({
      path: wellFormed(path),
      ...(before !== undefined && { before: plainJson(before) }),
      ...(after !== undefined && { after: plainJson(after) }),
    })),
    ...(entry.reason !== undefined && { reason: wellFormed(entry.reason) }),
  };
}

function plainJson(value: unknown): unknown {
  return wellFormedDeep(JSON.parse(JSON.stringify(value)));
}

function wellFormedDeep(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (Array.isArray(value)) return value.map(wellFormedDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [wellFormed(key), wellFormedDeep(part)]),
  );
}

/** Half of a surrogate pair is no character, and UTF-8 cannot hold it. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
