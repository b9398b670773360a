import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Content } from '../../../src/dialog/content-model.js';
import { freezeContent } from '../../../src/features/content/items/frozen-content.js';
import { ReleaseCompiler, type FrozenRef } from '../../../src/features/content/release-compiler.js';
import { buildContent } from '../../support/content-builder.js';
import { FrozenContentStoreFake } from '../../support/fakes/frozen-content-store-fake.js';

/** Holds whoever reads one content until it is let go. */
class SlowContents extends FrozenContentStoreFake {
  readonly read: string[] = [];
  slow = '';
  release: () => void = () => undefined;

  override async findLines(accountId: string, hash: string): Promise<string[] | null> {
    this.read.push(hash);
    if (hash === this.slow) await new Promise<void>((resolve) => (this.release = resolve));
    return super.findLines(accountId, hash);
  }
}

let contents: SlowContents;
let prepared: string[];
let interruptions: unknown[];
let compiler: ReleaseCompiler;

beforeEach(() => {
  contents = new SlowContents();
  prepared = [];
  interruptions = [];
  compiler = new ReleaseCompiler({
    contents,
    forms: [],
    onPrepared: ({ hash }) => prepared.push(hash),
    onInterrupted: (reason) => interruptions.push(reason),
  });
});

afterEach(() => compiler.stop());

const named = (name: string) => buildContent({ settings: { name } });

async function keep(content: Content): Promise<FrozenRef> {
  const frozen = await freezeContent(content);
  await contents.keep('demo', frozen);
  return { accountId: 'demo', hash: frozen.hash };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('the release compiler', () => {
  it('compiles what is awaited, one after another', async () => {
    const refs = [await keep(named('甲')), await keep(named('乙'))];
    compiler.prepare(refs, []);
    await until(() => prepared.length === 2);

    expect(prepared).toEqual(refs.map(({ hash }) => hash));
  });

  it('compiles a content once, however often it is asked for', async () => {
    const ref = await keep(named('甲'));
    compiler.prepare([ref], []);
    const [one, other] = await Promise.all([compiler.compile(ref), compiler.compile(ref)]);

    expect(one).toBe(other);
    expect(contents.read).toEqual([ref.hash]);
  });

  it('lets what goes live pass what is only awaited, and begins that again', async () => {
    const awaited = await keep(named('甲'));
    const urgent = await keep(named('乙'));
    contents.slow = awaited.hash;
    compiler.prepare([awaited], []);
    await until(() => contents.read.length === 1);

    expect(await compiler.compile(urgent)).toMatchObject({ release: { hash: urgent.hash } });
    contents.slow = '';
    contents.release();
    compiler.prepare([awaited], [urgent]);
    await until(() => prepared.length === 1);
    expect(contents.read).toEqual([awaited.hash, urgent.hash, awaited.hash]);
  });

  it('forgets what is neither awaited nor kept', async () => {
    const [kept, dropped] = [await keep(named('甲')), await keep(named('乙'))];
    await compiler.compile(kept);
    await compiler.compile(dropped);
    compiler.prepare([], [kept]);
    await compiler.compile(kept);
    await compiler.compile(dropped);

    expect(contents.read).toEqual([kept.hash, dropped.hash, dropped.hash]);
  });

  it('knows of content that cannot be used without reading it again', async () => {
    const broken = await keep({ ...named('坏'), replies: buildContent().replies.slice(1) });
    compiler.prepare([broken], []);

    expect(await compiler.compile(broken)).toMatchObject({ fault: { code: 'release_broken' } });
    expect(await compiler.compile(broken)).toMatchObject({ fault: { code: 'release_broken' } });
    expect(contents.read).toEqual([broken.hash]);
    expect(prepared).toEqual([]);
  });

  it('tries again when the database could not be read', async () => {
    const ref = await keep(named('甲'));
    contents.isAway = true;
    compiler.prepare([ref], []);
    await until(() => interruptions.length === 1);
    await expect(compiler.compile(ref)).rejects.toThrow('the database is away');

    contents.isAway = false;
    compiler.prepare([ref], []);
    await until(() => prepared.length === 1);
  });
});
