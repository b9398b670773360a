import { beforeEach, describe, expect, it } from '@jest/globals';
import { businessDay } from '../../../src/core/business-day.js';
import type { Target } from '../../../src/dialog/content-model.js';
import { committedWithinMs } from '../../../src/features/conversations/unanswered-reader.js';
import { pairLikeness } from '../../../src/features/insights/likeness.js';
import type { UnansweredGroup } from '../../../src/features/insights/unanswered.js';
import { UnansweredCollector } from '../../../src/features/insights/unanswered-collector.js';
import { buildExchange, textInput } from '../../support/builders.js';
import { UnansweredReaderFake } from '../../support/fakes/unanswered-reader-fake.js';
import { UnansweredStoreFake } from '../../support/fakes/unanswered-store-fake.js';
import { TestClock } from '../../support/open-conversations.js';
import { until } from '../../support/until.js';

let reader: UnansweredReaderFake;
let store: UnansweredStoreFake;
let clock: TestClock;
let failures: unknown[];
/** What the search finds, by text. */
let nearest: Record<string, Target[]>;

beforeEach(() => {
  reader = new UnansweredReaderFake();
  store = new UnansweredStoreFake();
  clock = new TestClock();
  failures = [];
  nearest = {};
});

function collector(owner = 'one', source = reader): UnansweredCollector {
  return new UnansweredCollector({
    reader: source,
    store,
    likeness: pairLikeness,
    findNearest: (_accountId, text) => nearest[text] ?? [],
    clock,
    watcher: { collected: () => undefined, collectFailed: (error) => failures.push(error) },
    owner,
  });
}

/** Texts that nobody could answer, by one citizen each unless said otherwise. */
function ask(texts: readonly string[], overrides: Parameters<typeof buildExchange>[0] = {}): void {
  for (const text of texts) {
    const at = new Date(clock.now());
    const inbound = { input: textInput(text), sentAt: at };
    reader.add(buildExchange({ inbound, decidedBy: { step: 'fallback' }, at, ...overrides }));
  }
}

async function collected(): Promise<UnansweredGroup[]> {
  clock.advance(committedWithinMs);
  await collector().collect();
  return store.list({}, { limit: 100 });
}

describe('the collector of unanswered questions', () => {
  it('makes one group of what asks the same, counted by messages and citizens', async () => {
    ask(['公积金怎么提取', '您好，请问公积金怎么提取呢？', '公積金怎麼提取'], { openid: 'o-1' });
    ask(['提取公积金怎么弄', '快递丢了怎么办']);
    const groups = await collected();
    expect(groups).toMatchObject([
      { title: '公积金怎么提取', messages: 4, citizens: 2, state: 'open' },
      { title: '快递丢了怎么办', messages: 1, citizens: 1 },
    ]);
    expect(
      (await store.listWordings(groups[0]!.id, 10)).map(({ text, messages }) => [text, messages]),
    ).toEqual([
      ['公积金怎么提取', 3],
      ['提取公积金怎么弄', 1],
    ]);
  });

  it('finds the group again, later and under another wording', async () => {
    ask(['公积金怎么提取']);
    await collected();
    ask(['公积金怎么提取', '住房公积金提取']);
    expect(await collected()).toMatchObject([{ messages: 3, citizens: 3 }]);
  });

  it('counts nothing twice', async () => {
    ask(['公积金怎么提取']);
    await collected();
    expect(await collected()).toMatchObject([{ messages: 1 }]);
  });

  it('goes through more than fits into one look at the journal', async () => {
    ask(Array.from({ length: 450 }, () => '公积金怎么提取'));
    expect(await collected()).toMatchObject([{ messages: 450, citizens: 450 }]);
  });

  it('keeps accounts apart', async () => {
    ask(['公积金怎么提取']);
    ask(['公积金怎么提取'], { accountId: 'another-account' });
    expect(await collected()).toMatchObject([{ messages: 1 }, { messages: 1 }]);
  });

  it('keeps no personal data', async () => {
    ask(['我的车粤M12345怎么过户，电话13800138000']);
    const [group] = await collected();
    expect(group?.title).toBe('我的车〔车牌〕怎么过户,电话〔手机号〕');
    expect((await store.listWordings(group!.id, 10)).map(({ text }) => text)).toEqual([group?.title]);
  });

  it('remembers when a question was first and last asked', async () => {
    const first = clock.now();
    ask(['公积金怎么提取']);
    clock.advance(3_600_000);
    ask(['公积金怎么提取']);
    expect(await collected()).toMatchObject([
      { firstSeenAt: new Date(first), lastSeenAt: new Date(first + 3_600_000) },
    ]);
  });

  it('asks the search what comes nearest where nothing was offered', async () => {
    nearest = { 公积金怎么提取: [{ reply: 'household' }] };
    ask(['公积金怎么提取']);
    expect(await collected()).toMatchObject([{ nearest: [{ reply: 'household' }] }]);
  });

  it('takes what was offered where the citizen chose nothing', async () => {
    const shown = [
      { number: 1, node: 'id-card-renew' },
      { number: 2, reply: 'passport' },
    ];
    const until = clock.now() + 1_000;
    ask(['换证'], {
      decidedBy: { step: 'suggest' },
      stateAfter: { frame: { kind: 'menu', path: [], shown, until } },
    });
    clock.advance(1_000);
    expect(await collected()).toMatchObject([
      { title: '换证', nearest: [{ node: 'id-card-renew' }, { reply: 'passport' }] },
    ]);
  });

  it('counts where the citizens stood, by day in Shanghai', async () => {
    clock = new TestClock();
    const frame = {
      kind: 'menu' as const,
      path: ['police', 'birth'],
      shown: [],
      until: clock.now() + 60_000,
    };
    for (const openid of ['o-1', 'o-2']) {
      reader.add(buildExchange({ openid, seq: 1, stateAfter: { frame } }));
      ask(['公积金怎么提取'], { openid, seq: 2 });
    }
    ask(['公积金怎么提取']);
    await collected();
    const day = businessDay(clock.now());
    expect(store.standings).toEqual([{ accountId: 'pingan-meizhou', day, node: 'birth', messages: 2 }]);
  });

  it('passes over texts that say nothing', async () => {
    ask(['\u200b', ' ']);
    expect(await collected()).toEqual([]);
  });

  it('leaves the work to the collector that holds the lease, until that one stops', async () => {
    ask(['公积金怎么提取']);
    clock.advance(committedWithinMs);
    const first = collector('first');
    first.start();
    await until('the first has worked', async () => (await store.list({}, { limit: 1 })).length === 1);
    ask(['公积金怎么提取']);
    clock.advance(committedWithinMs);
    expect(await collector('second').collect()).toBe(0);
    await first.stop();
    expect(await collector('second').collect()).toBe(1);
  });

  it('goes on after a failure', async () => {
    ask(['公积金怎么提取']);
    clock.advance(committedWithinMs);
    const broken = new UnansweredReaderFake();
    broken.readAfter = async () => {
      throw new Error('the database is away');
    };
    const failing = collector('one', broken);
    failing.start();
    await until('the failure was told', () => failures.length > 0);
    await failing.stop();
    expect(await collector('one').collect()).toBe(1);
  });
});
