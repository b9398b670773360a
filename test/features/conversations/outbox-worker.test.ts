import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { SendOutcome } from '../../../src/core/outbound-messenger.js';
import { maxAttempts } from '../../../src/features/conversations/outbox.js';
import { buildMessage } from '../../support/builders.js';
import { openConversations } from '../../support/open-conversations.js';

const retry: SendOutcome = { status: 'retry', reason: 'transient:-1', retryAfterMs: 10_000 };

describe('the outbox worker', () => {
  it('sends again later what the platform could not take', async () => {
    const { worker, outbox, sent, clock } = await withPromise([retry, { status: 'sent' }]);
    await worker.sendDue();
    expect(outbox.entries).toMatchObject([{ state: 'waiting', reason: 'transient:-1' }]);
    await worker.sendDue();
    expect(sent).toEqual([]);
    clock.advance(10_000);
    await worker.sendDue();
    expect(sent).toHaveLength(1);
    expect(outbox.entries).toMatchObject([{ state: 'sent' }]);
  });

  it('gives up after a number of attempts, with the reason', async () => {
    const { worker, outbox, clock } = await withPromise([retry]);
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      await worker.sendDue();
      clock.advance(10_000);
    }
    expect(outbox.entries).toMatchObject([
      { state: 'failed', attempts: maxAttempts, reason: 'transient:-1' },
    ]);
  });

  it('does not try again what the platform refuses for good', async () => {
    const { worker, outbox, clock } = await withPromise([
      { status: 'refused', reason: 'receiver_window:45015' },
    ]);
    await worker.sendDue();
    clock.advance(3_600_000);
    expect(await worker.sendDue()).toBe(0);
    expect(outbox.entries).toMatchObject([{ state: 'failed', reason: 'receiver_window:45015' }]);
  });

  it('never sends again what may have been delivered', async () => {
    const { worker, outbox, clock } = await withPromise([{ status: 'unknown', reason: 'platform_timeout' }]);
    await worker.sendDue();
    clock.advance(3_600_000);
    expect(await worker.sendDue()).toBe(0);
    expect(outbox.entries).toMatchObject([{ state: 'unknown', reason: 'platform_timeout' }]);
  });

  it('goes on with the part that failed and not with the first one', async () => {
    const { conversations, worker, sent, clock } = openConversations({
      partsOf: 4,
      outcomes: [{ status: 'sent' }, retry, { status: 'sent' }],
    });
    await conversations.respond(buildMessage());
    clock.advance(2_000);
    await worker.sendDue();
    clock.advance(10_000);
    await worker.sendDue();
    expect(sent.map(({ reply }) => reply.kind === 'text' && reply.text)).toEqual([
      'part 2',
      'part 3',
      'part 4',
    ]);
  });

  it('marks a message whose sender died in the middle as unknown, and leaves it to a person', async () => {
    const { worker, outbox, sent, clock } = await withPromise([{ status: 'sent' }]);
    const entry = await outbox.claimDue(new Date(clock.now()), new Date(clock.now() + 60_000));
    await outbox.beginPart(entry!, new Date(clock.now() + 60_000));
    clock.advance(61_000);
    await worker.sendDue();
    expect(sent).toEqual([]);
    expect(outbox.entries).toMatchObject([{ state: 'unknown' }]);
  });

  it('sends by itself while it is started', async () => {
    const { worker, outbox } = await withPromise([{ status: 'sent' }]);
    worker.start();
    while (outbox.entries[0]?.state !== 'sent') await sleep(5);
    await worker.stop();
    expect(outbox.entries).toMatchObject([{ state: 'sent', attempts: 1 }]);
  });
});

/** A message that was promised an answer, and the answer is ready. */
async function withPromise(outcomes: SendOutcome[]) {
  const opened = openConversations({ journalDelayMs: 30, deadlineMs: 10, outcomes });
  await opened.conversations.respond(buildMessage());
  await opened.conversations.drain();
  return opened;
}
