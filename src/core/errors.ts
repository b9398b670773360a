/**
 * Three kinds of error, each with one meaning:
 * - UserError: somebody asked for something that the rules refuse. Shown to that person, never reported.
 * - OperationalError: the world failed (network, time-out, a full disk). Expected, handled, retried or logged.
 * - anything else that is thrown is a bug.
 */
export interface ErrorOptions {
  details?: Record<string, unknown>;
  cause?: unknown;
}

abstract class CodedError extends Error {
  /** Stable, `snake_case`; part of the public contract. */
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(code: string, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** A rule of the business says no. `message` is a Chinese sentence fit for the person who asked. */
export class UserError extends CodedError {
  override readonly name = 'UserError';
  /** The HTTP status under which routes present this error. */
  readonly status: number;

  constructor(code: string, message: string, options: ErrorOptions & { status?: number } = {}) {
    super(code, message, options);
    this.status = options.status ?? 400;
  }
}

/** The world failed. `message` is English, for the log; it never reaches a citizen. */
export class OperationalError extends CodedError {
  override readonly name = 'OperationalError';
}

/** The text of anything that was thrown, for a log line. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
