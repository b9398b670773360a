import { describeError } from '../../core/errors.js';
import type { SignedDelivery } from '../sign-delivery.js';

/** What came back from one attempt: a body, or why there is none. */
export type WebhookResponse = { kind: 'body'; body: string } | { kind: 'none'; problem: string };

/**
 * Posts one delivery and waits `deadlineMs` for the whole answer, then closes the connection as the platform does.
 * Any status but 200 counts as no answer.
 */
export async function postToWebhook(
  webhookUrl: string,
  delivery: SignedDelivery,
  deadlineMs: number,
): Promise<WebhookResponse> {
  const url = new URL(webhookUrl);
  for (const [name, value] of Object.entries(delivery.query)) url.searchParams.set(name, value);
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'text/xml' },
      body: delivery.body,
      redirect: 'manual',
      signal: deadline,
    });
    const body = await response.text();
    return response.status === 200
      ? { kind: 'body', body }
      : { kind: 'none', problem: `HTTP ${response.status}` };
  } catch (error) {
    return { kind: 'none', problem: deadline.aborted ? `no answer in ${deadlineMs} ms` : reasonOf(error) };
  }
}

/** fetch hides the reason ("connection refused") in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return describeError(cause ?? error);
}
