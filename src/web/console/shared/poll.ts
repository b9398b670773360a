/** How often a page that is looked at asks again, in milliseconds, unless it watches something that moves. */
const pollMs = 10_000;

/**
 * Does something again and again while the page is in view, and at once when it comes into view again.
 * @returns how to end it.
 */
export function poll(work: () => void, everyMs = pollMs): () => void {
  const look = () => {
    if (document.visibilityState === 'visible') work();
  };
  const timer = setInterval(look, everyMs);
  document.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
