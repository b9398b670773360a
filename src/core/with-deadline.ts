import { OperationalError } from './errors.js';

export const late = Symbol('late');

/** What `work` resolves to, or `late` when `milliseconds` pass first; `work` itself goes on. */
export function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T | typeof late> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * What `work` resolves to. When `milliseconds` pass first, `work` itself goes on and its fate is unknown.
 * @throws OperationalError `timed_out`
 */
export async function withinTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const result = await withDeadline(work, milliseconds);
  if (result === late) throw new OperationalError('timed_out', `no outcome within ${milliseconds} ms`);
  return result;
}
