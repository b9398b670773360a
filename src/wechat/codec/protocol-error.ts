import { OperationalError, type ErrorOptions } from '../../core/errors.js';

/** What is wrong with bytes that claim to come from the platform, or from the account. Stable. */
export type ProtocolErrorCode =
  | 'bad_aes_key'
  | 'bad_signature'
  | 'stale'
  | 'replayed'
  | 'bad_base64'
  | 'bad_block_size'
  | 'bad_padding'
  | 'bad_length'
  | 'app_id_mismatch'
  | 'bad_envelope'
  | 'forbidden_xml'
  | 'bad_xml'
  | 'bad_json'
  | 'bad_reply';

/** Bytes that break the protocol. Expected from strangers, so it is handled and counted, not reported as a bug. */
export class ProtocolError extends OperationalError {
  declare readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, message: string, options: ErrorOptions = {}) {
    super(code, message, options);
  }
}
