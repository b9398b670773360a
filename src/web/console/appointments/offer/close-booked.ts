import { ApiError } from '../../../shared/api-error.js';
import { confirm } from '../../shared/confirm.js';

/**
 * Does something by which places may close that are booked; then it asks first, and does it for good if told to.
 * @returns whether it was done.
 */
export async function askBeforeClosing(act: (closesBooked: boolean) => Promise<unknown>): Promise<boolean> {
  try {
    await act(false);
    return true;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'would_close_booked') throw error;
    const isWanted = await confirm({
      title: '已经有人预约了',
      text: `${error.message}，并收到还能约的其他时间。`,
      confirm: '仍然这样改',
      dangerous: true,
    });
    if (isWanted) await act(true);
    return isWanted;
  }
}
