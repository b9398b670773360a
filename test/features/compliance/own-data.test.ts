import { describe, expect, it } from '@jest/globals';
import { UserError } from '../../../src/core/errors.js';
import { AuditTrail } from '../../../src/features/audit/audit-trail.js';
import { nothingErased, type OwnDataPart } from '../../../src/features/compliance/own-data-part.js';
import { OwnData } from '../../../src/features/compliance/own-data.js';
import { AuditStoreFake } from '../../support/fakes/audit-store-fake.js';
import { ErasureStoreFake } from '../../support/fakes/erasure-store-fake.js';
import { onRollback, TransactionRunnerFake } from '../../support/fakes/transaction-runner-fake.js';

const amei = { accountId: 'pingan-meizhou', openid: 'o-amei' };
const noon = Date.parse('2026-11-22T04:00:00Z');

describe('a copy of one’s own data', () => {
  it('is one document with the records of every part', async () => {
    const { ownData } = open([partOf('notes', ['a', 'b']), partOf('nothing', [])]);
    let text = '';
    for await (const piece of ownData.copy(amei)) text += piece;
    expect(JSON.parse(text)).toEqual({
      exportedAt: '2026-11-22T04:00:00.000Z',
      notes: [{ text: 'a' }, { text: 'b' }],
      nothing: [],
    });
  });
});

describe('an erasure', () => {
  it('is done, summed up, and on record without the name of who asked', async () => {
    const notes = partOf('notes', ['a', 'b'], '一条要留着');
    const { ownData, audit, erasures } = open([notes, manyOf(5)]);
    expect(await ownData.erase(amei)).toEqual({
      deleted: 7,
      anonymised: 0,
      kept: ['一条要留着'],
      isComplete: true,
    });
    expect(erasures.all).toEqual([]);
    expect(audit.events).toMatchObject([{ action: 'own-data.erase', object: { kind: 'erasure', id: 'e1' } }]);
    expect(JSON.stringify(audit.events)).not.toContain(amei.openid);
  });

  it('is all or nothing where something must be ended first', async () => {
    const notes = partOf('notes', ['a']);
    const refusing: OwnDataPart = {
      ...partOf('visits', []),
      erase: () => Promise.reject(new UserError('appointments_ahead', '还有预约')),
    };
    const many = manyOf(5);
    const { ownData, erasures } = open([notes, refusing, many]);
    await expect(ownData.erase(amei)).rejects.toMatchObject({ code: 'appointments_ahead' });
    expect([notes.texts, many.left(), erasures.all]).toEqual([['a'], 5, []]);
  });

  it('that is cut off says so, and is carried on with a minute later until it is complete', async () => {
    const many = manyOf(5, 2);
    const { ownData, audit, erasures, clock, failures } = open([partOf('notes', ['a']), many]);
    expect(await ownData.erase(amei)).toMatchObject({ deleted: 1, isComplete: false });
    expect([failures.length, erasures.all.length, audit.events]).toEqual([1, 1, []]);

    expect(await ownData.finish()).toBe(0);
    clock.time += 60_000;
    expect(await ownData.finish()).toBe(0);
    expect(failures).toHaveLength(2);
    expect(await ownData.finish()).toBe(1);
    expect([many.left(), erasures.all, audit.events.length]).toEqual([0, [], 1]);
    expect(await ownData.finish()).toBe(0);
  });
});

function open(parts: OwnDataPart[]) {
  const clock = { time: noon, now: () => clock.time };
  const erasures = new ErasureStoreFake();
  const audit = new AuditStoreFake();
  const failures: unknown[] = [];
  let ids = 0;
  const ownData = new OwnData({
    parts,
    erasures,
    transactions: new TransactionRunnerFake(),
    audit: new AuditTrail({ store: audit, clock }),
    clock,
    newId: () => `e${(ids += 1)}`,
    onFailure: (error) => failures.push(error),
  });
  return { ownData, erasures, audit, clock, failures };
}

function partOf(name: string, texts: string[], ...kept: string[]) {
  const part = {
    name,
    texts,
    async *copy() {
      for (const text of part.texts) yield { text };
    },
    async erase(...[tx]: Parameters<NonNullable<OwnDataPart['erase']>>) {
      const before = part.texts;
      onRollback(tx, () => (part.texts = before));
      part.texts = [];
      return { deleted: before.length, anonymised: 0, kept };
    },
  };
  return part;
}

/** Many records, whose erasure is cut off as often as said, after two of them. */
function manyOf(count: number, cuts = 0) {
  let left = count;
  return {
    name: 'many',
    left: () => left,
    async *copy() {},
    async eraseMany() {
      if (cuts > 0) {
        cuts -= 1;
        left -= 2;
        throw new Error('the process died');
      }
      const deleted = left;
      left = 0;
      return { ...nothingErased, deleted };
    },
  };
}
