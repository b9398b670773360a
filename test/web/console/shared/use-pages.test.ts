import { afterEach, describe, expect, it } from '@jest/globals';
import { effectScope, nextTick, shallowRef } from 'vue';
import { useLoad } from '../../../../src/web/shared/use-load.js';
import { usePages } from '../../../../src/web/console/shared/use-pages.js';

const scope = effectScope();
afterEach(() => scope.stop());

function inScope<Result>(use: () => Result): Result {
  return effectScope(false).run(use)!;
}

/** Lets every promise that is settled be heard of. */
async function settle(): Promise<void> {
  await nextTick();
  await new Promise((resolve) => setImmediate(resolve));
}

describe('something that is loaded', () => {
  it('shows the answer to the last request, whichever answer comes last', async () => {
    const answers = new Map<string, (value: string) => void>();
    const aborted: string[] = [];
    const wanted = shallowRef('first');
    const load = inScope(() =>
      useLoad(
        () => wanted.value,
        (name, signal) => {
          signal.addEventListener('abort', () => aborted.push(name));
          return new Promise<string>((resolve) => answers.set(name, resolve));
        },
      ),
    );
    wanted.value = 'second';
    await settle();
    answers.get('second')!('of the second');
    await settle();
    answers.get('first')!('of the first');
    await settle();

    expect([load.data.value, load.loading.value, aborted]).toEqual(['of the second', false, ['first']]);
  });

  it('keeps what is shown when loading again fails, and forgets the failure when it succeeds', async () => {
    let fault: Error | undefined;
    const load = inScope(() =>
      useLoad(
        () => true,
        async () => {
          if (fault) throw fault;
          return 'there';
        },
      ),
    );
    await settle();
    fault = new Error('down');
    await load.reload();
    expect([load.data.value, load.error.value]).toEqual(['there', fault]);
    fault = undefined;
    await load.reload();
    expect([load.data.value, load.error.value]).toEqual(['there', undefined]);
  });

  it('asks for nothing while there is nothing to ask for', async () => {
    const wanted = shallowRef<string>();
    const load = inScope(() =>
      useLoad(
        () => wanted.value,
        async (name) => name,
      ),
    );
    expect(load.loading.value).toBe(false);
    wanted.value = 'now';
    await settle();
    expect(load.data.value).toBe('now');
  });
});

describe('a list in pages', () => {
  /** Ten numbers, three to a page; the cursor is where the next begins. */
  async function list({ from }: { from: number }, cursor = from) {
    const rows = [cursor, cursor + 1, cursor + 2].filter((number) => number < from + 10);
    return { rows, next: cursor + 3 < from + 10 ? cursor + 3 : null };
  }

  it('goes on, back, and begins anew with another filter', async () => {
    const from = shallowRef(0);
    const pages = inScope(() => usePages(() => ({ from: from.value }), list));
    await settle();
    expect([pages.rows.value, pages.number.value, pages.hasPrevious.value]).toEqual([[0, 1, 2], 1, false]);

    for (let page = 1; page <= 3; page += 1) {
      pages.next();
      await settle();
    }
    expect([pages.rows.value, pages.number.value, pages.hasNext.value]).toEqual([[9], 4, false]);
    pages.next();
    pages.previous();
    await settle();
    expect([pages.rows.value, pages.number.value]).toEqual([[6, 7, 8], 3]);

    from.value = 100;
    await settle();
    expect([pages.rows.value, pages.number.value]).toEqual([[100, 101, 102], 1]);
  });
});
