import { readApiError, unreachable } from '../../shared/api-error.js';
import { apiAccess } from './define-call.js';

/**
 * Fetches a file that is asked for with a body, such as the reason that goes on record, and hands it to the browser
 * to keep. @throws ApiError
 */
export async function fetchFile(address: string, body: unknown): Promise<void> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': apiAccess.csrfToken },
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    throw unreachable(error);
  });
  if (!response.ok) {
    const error = readApiError(response.status, await response.json().catch(() => undefined));
    apiAccess.onRefusal(error);
    throw error;
  }
  const blob = await response.blob().catch((error: unknown) => {
    throw unreachable(error);
  });
  keep(blob, nameOf(response.headers.get('Content-Disposition') ?? ''));
}

/** The name that the server gives a file. @param disposition a `Content-Disposition` header. */
export function nameOf(disposition: string): string {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? [];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? '';
}

function keep(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
