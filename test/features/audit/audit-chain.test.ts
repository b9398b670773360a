import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { emptyChain, findLinkFault, sealEvent } from '../../../src/features/audit/audit-chain.js';
import { changesBetween } from '../../../src/features/audit/changes-between.js';
import { toCsv } from '../../../src/features/audit/audit-csv.js';
import { buildEntry } from '../../support/audit-builders.js';

const at = new Date('2026-11-22T16:30:00Z');

describe('the chain of events', () => {
  it('links whatever JSON the changes hold, and what has been through JSON is the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, reason) => {
        const event = sealEvent(
          buildEntry({ changes: [{ path: 'x', after: value }], reason }),
          emptyChain,
          at,
        );
        expect(findLinkFault(event, emptyChain)).toBeNull();
        const { at: _at, ...rest } = event;
        expect(findLinkFault({ ...JSON.parse(JSON.stringify(rest)), at }, emptyChain)).toBeNull();
      }),
    );
  });

  it.each<[string, object]>([
    ['the account', { accountId: 'other' }],
    ['the person', { by: { staffId: 'wang', name: 'li同志' } }],
    ['the address', { from: { address: '10.9.9.9', agent: 'a browser' } }],
    ['the time', { at: new Date(at.getTime() + 1) }],
    ['the action', { action: 'reply.delete' }],
    ['the object', { object: { kind: 'reply', id: 'other' } }],
    ['the changes', { changes: [] }],
    ['the reason', { reason: '编造' }],
    ['the hash', { hash: 'f'.repeat(64) }],
  ])('shows that %s was altered', (_what, alteration) => {
    const event = sealEvent(buildEntry(), emptyChain, at);
    expect(findLinkFault({ ...event, ...alteration }, emptyChain)).toBe('altered');
  });

  it('shows a gap, and an event sealed for another place', () => {
    const first = sealEvent(buildEntry(), emptyChain, at);
    const second = sealEvent(buildEntry(), first, at);
    expect(findLinkFault(second, emptyChain)).toBe('missing');
    expect(findLinkFault(second, { ...first, hash: 'a'.repeat(64) })).toBe('relinked');
    expect(findLinkFault(second, first)).toBeNull();
  });
});

describe('the changes between two states', () => {
  it('name each field that differs, with both values', () => {
    const before = { title: '旧', roles: [{ a: 1, b: 2 }], same: [1], gone: true };
    const after = { title: '新', roles: [{ b: 2, a: 1 }], same: [1], added: null };
    expect(changesBetween(before, after)).toEqual([
      { path: 'title', before: '旧', after: '新' },
      { path: 'gone', before: true },
      { path: 'added', after: null },
    ]);
  });
});

describe('the trail as a table', () => {
  it('has a line for each event, in the time of Shanghai, and no formula', async () => {
    const event = sealEvent(
      buildEntry({ reason: '=1+1', object: { kind: 'reply', id: 'a,"b"' } }),
      emptyChain,
      at,
    );
    const lines: string[] = [];
    for await (const line of toCsv(events(event))) lines.push(line);

    expect(lines[0]).toMatch(/^\uFEFF序号,时间,姓名/);
    expect(lines[1]).toContain('1,2026-11-23 00:30:00,li同志,li,reply.edit,reply,"a,""b"""');
    expect(lines[1]).toContain(",'=1+1,");
  });
});

async function* events<Event>(...all: Event[]) {
  yield* all;
}
