import { afterEach, describe, expect, it } from '@jest/globals';
import type { MisbehaviourInput } from '../../../src/api-types/sandbox.js';
import { changeConduct } from '../../../src/sandbox/misbehaviour/conduct.js';
import { serveSandbox, testPlatform, type TestPlatform } from '../fixture.js';

const path = '/cgi-bin/user/get';
const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

interface Line extends TestPlatform {
  /** The error code, or `broken` for a connection that ended without an answer. */
  ask: () => Promise<number | string>;
}

async function line(change: Partial<MisbehaviourInput>): Promise<Line> {
  const platform = testPlatform();
  platform.account.misbehaviour = changeConduct(platform.account.misbehaviour, change);
  const served = await serveSandbox(platform.sandbox);
  open.push(served);
  const { accountId } = platform.account.account;
  const { access_token } = platform.sandbox.api.tokens.issueStable(
    accountId,
    platform.clock.now(),
    false,
    '',
  );
  const ask = async () => {
    const url = `${served.origin}/sandbox/platform${path}?access_token=${access_token}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(200) }).catch(() => null);
    return response === null ? 'broken' : ((await response.json()) as { errcode: number }).errcode;
  };
  return { ...platform, ask };
}

async function askTimes(subject: Line, times: number): Promise<(number | string)[]> {
  const answers: (number | string)[] = [];
  for (let asked = 0; asked < times; asked += 1) answers.push(await subject.ask());
  return answers;
}

/** How often the platform did what it was asked. */
function acted({ sandbox, account, clock }: Line): number {
  return sandbox.api.quotas.usedToday(account.account.accountId, path, clock.now());
}

const fault = (fault: MisbehaviourInput['faults'][number]['fault'], every?: number) => ({
  faults: [{ endpoint: path, times: 2, ...(every !== undefined && { every }), fault }],
});

describe('a platform that misbehaves', () => {
  it('takes a call, acts, and breaks off without an answer', async () => {
    const subject = await line(fault({ kind: 'cut' }));
    expect(await askTimes(subject, 3)).toEqual(['broken', 'broken', 0]);
    expect(acted(subject)).toBe(3);
  });

  it('takes a call and breaks off before it acts', async () => {
    const subject = await line(fault({ kind: 'drop' }));
    expect(await askTimes(subject, 3)).toEqual(['broken', 'broken', 0]);
    expect(acted(subject)).toBe(1);
  });

  it.each([
    [true, 3],
    [false, 1],
  ])('never answers, having acted: %s', async (acts, count) => {
    const subject = await line(fault({ kind: 'hang', acts }));
    expect(await askTimes(subject, 3)).toEqual(['broken', 'broken', 0]);
    expect(acted(subject)).toBe(count);
  });

  it('fails now and then', async () => {
    const subject = await line(fault({ kind: 'errcode', errcode: -1 }, 3));
    expect(await askTimes(subject, 8)).toEqual([0, 0, -1, 0, 0, -1, 0, 0]);
  });

  it('fails whatever is asked, where every endpoint is meant', async () => {
    const faults = [{ endpoint: '*', times: 1, fault: { kind: 'errcode', errcode: 40164 } as const }];
    expect(await askTimes(await line({ faults }), 2)).toEqual([40164, 0]);
  });

  it('refuses calls beyond an unannounced rate with 45011, without acting', async () => {
    const shape = { kind: 'constant', perSecond: 20 } as const;
    const subject = await line({ rates: [{ endpoint: path, shape }] });
    expect(await askTimes(subject, 3)).toEqual([0, 0, 45011]);
    subject.clock.advance(50);
    expect(await askTimes(subject, 2)).toEqual([0, 45011]);
    expect(acted(subject)).toBe(3);
    expect(subject.sandbox.conduct.usageOf(subject.account)).toEqual([
      { endpoint: path, allowance: expect.closeTo(1), admitted: 3, refused: 2 },
    ]);
  });

  it('acts at once and answers late', async () => {
    const subject = await line({ latencies: [{ endpoint: path, ms: 60 }] });
    let answered = false;
    const asked = subject.ask().finally(() => (answered = true));
    while (acted(subject) === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    expect(await asked).toBe(0);
  });

  it('is counted by outcome', async () => {
    const subject = await line(fault({ kind: 'cut' }));
    await askTimes(subject, 3);
    subject.account.misbehaviour = changeConduct(
      subject.account.misbehaviour,
      fault({ kind: 'http', status: 502 }),
    );
    await subject.ask().catch(() => undefined);
    expect(subject.sandbox.tally.of(subject.account)).toEqual({ [path]: { cut: 2, ok: 1, 'http 502': 1 } });
  });
});
