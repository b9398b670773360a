import type { z } from 'zod';
import { readApiError, unreachable, unreadable, type ApiError } from './api-error.js';
import { noteServerTime } from './server-clock.js';

/** What every call needs and the session provides. */
export interface ApiAccess {
  /** Goes with every mutation; empty while signed out. */
  csrfToken: string;
  /** Told of every refusal, before the caller is: the session may have ended. */
  onRefusal: (error: ApiError) => void;
}

type Method = 'get' | 'post' | 'put' | 'delete';

type ParamName<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamName<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type Part<Name extends string, Schema> = Schema extends z.ZodType ? Record<Name, z.input<Schema>> : unknown;

export type CallInput<Path extends string, Query, Body> = ([ParamName<Path>] extends [never]
  ? unknown
  : { params: Record<ParamName<Path>, string> }) &
  Part<'query', Query> &
  Part<'body', Body>;

interface CallDeclaration<Path extends string, Query, Body, Response> {
  method: Method;
  /** Below the API's base, as the server declares it: parameters as `:name`. */
  path: Path;
  query?: Query;
  body?: Body;
  /** Absent: the route answers 204. */
  response?: Response;
}

interface RawInput {
  params?: Readonly<Record<string, string>>;
  query?: unknown;
  body?: unknown;
}

type Answer<Response> = Response extends z.ZodType ? z.output<Response> : void;

/** One of our APIs as a page calls it. @param base where its routes lie: `/api/v1` */
export function createApi(base: string) {
  const access: ApiAccess = { csrfToken: '', onRefusal: () => undefined };

  /**
   * Declares a route of the API as a function, with the schemas that the server uses.
   * @returns a call whose answer has been parsed; it rejects with an ApiError, or with what `signal` was aborted for.
   */
  function defineCall<
    const Path extends string,
    Query extends z.ZodType | undefined = undefined,
    Body extends z.ZodType | undefined = undefined,
    Response extends z.ZodType | undefined = undefined,
  >(
    declaration: CallDeclaration<Path, Query, Body, Response>,
  ): (input: CallInput<Path, Query, Body>, signal?: AbortSignal) => Promise<Answer<Response>>;
  function defineCall({
    method,
    path,
    response,
  }: CallDeclaration<string, unknown, unknown, z.ZodType | undefined>) {
    return async ({ params, query, body }: RawInput, signal?: AbortSignal): Promise<unknown> => {
      const answer = await send(access, method, addressOf(path, params, query), body, signal);
      if (!response) return undefined;
      const read = response.safeParse(answer.body);
      if (!read.success) throw unreadable(answer.status, read.error);
      return read.data;
    };
  }

  /** The address of a route, for a link to a file. */
  function addressOf(
    path: string,
    params: Readonly<Record<string, string>> = {},
    query: unknown = {},
  ): string {
    const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query ?? {}))
      if (value !== undefined && value !== '') search.set(name, String(value));
    return `${base}${filled}${search.size > 0 ? `?${search}` : ''}`;
  }

  return { access, defineCall, addressOf };
}

async function send(
  access: ApiAccess,
  method: Method,
  address: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(address, {
    method: method.toUpperCase(),
    headers: {
      ...(method !== 'get' && { 'X-CSRF-Token': access.csrfToken }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    throw signal?.aborted ? error : unreachable(error);
  });
  noteServerTime(response.headers.get('Date'));
  const text = await response.text().catch((error: unknown) => {
    throw signal?.aborted ? error : unreachable(error);
  });
  const answer = { status: response.status, body: readJson(text) };
  if (response.ok) return answer;
  const error = readApiError(answer.status, answer.body);
  access.onRefusal(error);
  throw error;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
