import type { Context } from 'koa';
import getRawBody from 'raw-body';
import type { z } from 'zod';
import { bodyTooLarge, invalidRequest, jsonRequired, malformedJson, type FieldFault } from './api-errors.js';
import { describeFaults, sayFault } from './field-faults.js';
import type { Declaration } from './route.js';

const defaultBodyLimit = 128 * 1_024;

/**
 * The parts of a request as the route's schemas give them back; a part without a schema stays undefined.
 *
 * @throws UserError `invalid_request` with every fault of every part; `json_required`, `malformed_json`,
 *   `body_too_large`
 */
export async function readRequest(
  ctx: Context,
  route: Pick<Declaration<unknown, unknown, unknown>, 'params' | 'query' | 'body' | 'bodyLimitBytes'>,
  params: unknown,
) {
  const faults: FieldFault[] = [];
  const request = {
    params: parsePart('params', route.params, params, faults),
    query: parsePart('query', route.query, { ...ctx.query }, faults),
    body: route.body && parsePart('body', route.body, await readJson(ctx, route.bodyLimitBytes), faults),
  };
  if (faults.length > 0) throw invalidRequest(faults);
  return request;
}

function parsePart(
  name: string,
  schema: z.ZodType | undefined,
  value: unknown,
  faults: FieldFault[],
): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value, { error: sayFault });
  if (parsed.success) return parsed.data;
  faults.push(...describeFaults(name, parsed.error.issues));
  return undefined;
}

async function readJson(ctx: Context, limit = defaultBodyLimit): Promise<unknown> {
  if (!ctx.is('application/json')) throw jsonRequired();
  const bytes = await getRawBody(ctx.req, { limit, length: ctx.get('content-length') || null }).catch(
    (error: unknown) => {
      throw isTooLarge(error) ? bodyTooLarge(limit) : malformedJson();
    },
  );
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformedJson();
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'type' in error && error.type === 'entity.too.large';
}
