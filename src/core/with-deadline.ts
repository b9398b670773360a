export const late = Symbol('late');

/** What `work` resolves to, or `late` when `milliseconds` pass first; `work` itself goes on. */
export function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T | typeof late> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
