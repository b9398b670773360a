import { ProtocolError, type ProtocolErrorCode } from '../../../src/wechat/codec/protocol-error.js';

/** The code of the ProtocolError that `work` throws; 'accepted' where it throws none. Anything else is rethrown. */
export function codeOf(work: () => unknown): ProtocolErrorCode | 'accepted' {
  try {
    work();
    return 'accepted';
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}
