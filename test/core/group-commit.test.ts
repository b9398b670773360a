import { describe, expect, it } from '@jest/globals';
import { GroupCommit } from '../../src/core/group-commit.js';

describe('group commit', () => {
  it('commits one item at once when nothing else is there', async () => {
    const { batches, commits } = recording();
    expect(await commits.add('a')).toBe('A');
    expect(batches).toEqual([['a']]);
  });

  it('commits together what arrives together', async () => {
    const { batches, commits } = recording();
    expect(await Promise.all(['a', 'b', 'c'].map((item) => commits.add(item)))).toEqual(['A', 'B', 'C']);
    expect(batches).toEqual([['a', 'b', 'c']]);
  });

  it('collects what arrives while a batch is under way', async () => {
    const { batches, commits, finish } = recording({ byHand: true });
    const first = commits.add('a');
    await nextTurn();
    const others = ['b', 'c'].map((item) => commits.add(item));
    await nextTurn();
    expect(batches).toEqual([['a']]);
    finish();
    await first;
    await nextTurn();
    expect(batches).toEqual([['a'], ['b', 'c']]);
    finish();
    expect(await Promise.all(others)).toEqual(['B', 'C']);
  });

  it('makes no batch larger than it may be', async () => {
    const { batches, commits } = recording({ maxBatch: 2 });
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((item) => commits.add(item)));
    expect(batches).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('fails everybody in a batch that fails, and nobody after it', async () => {
    let fails = true;
    const commits = new GroupCommit<string, string>(
      async (items) => {
        if (fails) throw new Error('away');
        return items;
      },
      { maxBatch: 10, maxConcurrent: 1 },
    );
    const results = await Promise.allSettled([commits.add('a'), commits.add('b')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await commits.add('c')).toBe('c');
  });

  it('fails an item for which no outcome came back', async () => {
    const commits = new GroupCommit<string, string>(async () => ['only one'], {
      maxBatch: 10,
      maxConcurrent: 1,
    });
    const results = await Promise.allSettled([commits.add('a'), commits.add('b')]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });
});

interface RecordingOptions {
  maxBatch?: number;
  /** Each batch waits for `finish`. */
  byHand?: boolean;
}

function recording({ maxBatch = 10, byHand = false }: RecordingOptions = {}) {
  const batches: string[][] = [];
  let finish: () => void = () => undefined;
  const commits = new GroupCommit<string, string>(
    async (items) => {
      batches.push([...items]);
      if (byHand) await new Promise<void>((resolve) => (finish = resolve));
      return items.map((item) => item.toUpperCase());
    },
    { maxBatch, maxConcurrent: 1 },
  );
  return { batches, commits, finish: () => finish() };
}

/** Behind whatever the group commit has put off until the end of this turn. */
async function nextTurn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
