import { describeError } from '../core/errors.js';

export interface PayRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Empty for GET. */
  body: string;
}

export interface PayAnswer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  rawBody: string;
}

/** The request got no answer. `wasDone` is `no` where it never left. */
export type NoAnswer = { kind: 'no_answer'; reason: string; wasDone: 'no' | 'maybe' };

/** Carries requests to the platform; never rejects. Signatures need the answer's bytes and headers as they came. */
export type PayHttp = (request: PayRequest) => Promise<({ kind: 'answer' } & PayAnswer) | NoAnswer>;

const patienceMs = 10_000;
const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

export const fetchPayHttp: PayHttp = async ({ method, url, headers, body }) => {
  try {
    const response = await fetch(url, {
      method,
      headers,
      // A redirect would carry the signature elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
      ...(body !== '' && { body }),
    });
    // Not `text()`: it drops a byte order mark, over which hash and signature go too.
    const rawBody = Buffer.from(await response.arrayBuffer()).toString('utf8');
    return {
      kind: 'answer',
      status: response.status,
      headers: Object.fromEntries(response.headers),
      rawBody,
    };
  } catch (error) {
    const code = codeOf(error);
    return {
      kind: 'no_answer',
      reason: code ?? describeError(error),
      wasDone: code !== undefined && neverLeft.has(code) ? 'no' : 'maybe',
    };
  }
};

function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
}
