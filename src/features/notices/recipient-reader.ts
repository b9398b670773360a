import type { RecipientFacts } from '../audience/audience-reader.js';
import type { Notice } from './notice.js';

/** Who a notice is for, one page after another, always in the same order; for those who write down its rows. */
export interface RecipientReader {
  /**
   * The recipients that follow `after`, the last one that was read; empty: there are no more. Each openid occurs once
   * in a notice. Those of a list who are unknown to us are there all the same, with what is not known undefined.
   */
  list(
    notice: Pick<Notice, 'accountId' | 'audience'>,
    page: { after: { row: number; openid: string } | null; limit: number },
  ): Promise<RecipientFacts[]>;
}
