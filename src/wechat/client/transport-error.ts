import { OperationalError, type ErrorOptions } from '../../core/errors.js';

/**
 * Whether the platform may have acted on a request that got no usable answer.
 * no: it was never handed over, so that it may be sent again. maybe: only the platform knows.
 */
export type Delivered = 'no' | 'maybe';

/**
 * An exchange with the platform failed outside the platform's own error codes: no connection, a time-out,
 * an answer that is not one. Codes: `platform_unreachable`, `platform_timeout`, `platform_broke_off`,
 * `platform_http_status`, `platform_bad_answer`.
 * Holds neither a query nor a body: both may carry a token, a secret or a citizen's words.
 */
export class TransportError extends OperationalError {
  readonly delivered: Delivered;

  constructor(code: string, message: string, delivered: Delivered, options: ErrorOptions = {}) {
    super(code, message, { ...options, details: { ...options.details, delivered } });
    this.delivered = delivered;
  }
}
