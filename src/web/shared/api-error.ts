import { z } from 'zod';

const errorBodySchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) }),
});
const fieldsSchema = z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) });

/** A request that was not done, with a Chinese sentence that may be shown as it is. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** 0: no answer came at all. */
  readonly status: number;
  /** As the server names it; `unreachable` and `unreadable` are our own. */
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options: ErrorOptions = {},
  ) {
    super(message, options);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  /** What is wrong with single fields, by their path: `body.name`, `query.limit`. */
  get fieldFaults(): Readonly<Record<string, string>> {
    const read = fieldsSchema.safeParse(this.details);
    return read.success
      ? Object.fromEntries(read.data.fields.map(({ path, message }) => [path, message]))
      : {};
  }
}

/** The error that the body of a refused request tells of. */
export function readApiError(status: number, body: unknown): ApiError {
  const read = errorBodySchema.safeParse(body);
  if (!read.success) return unreadable(status);
  const { code, message, details } = read.data.error;
  return new ApiError(status, code, message, details);
}

/** No answer: the network is down, or the server is. */
export function unreachable(cause: unknown): ApiError {
  return new ApiError(0, 'unreachable', '连不上服务器，请检查网络后重试', {}, { cause });
}

/** An answer that is not what this page expects: the page or the server is older than the other. */
export function unreadable(status: number, cause?: unknown): ApiError {
  return new ApiError(status, 'unreadable', '服务器的回答看不懂，请刷新页面后再试', {}, { cause });
}

/** The sentence for anything that was thrown. */
export function sayError(error: unknown): string {
  return error instanceof ApiError ? error.message : '页面出错了，请刷新后再试';
}
