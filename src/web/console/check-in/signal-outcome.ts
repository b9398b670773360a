/** A short tone and a buzz, high for in and low for refused, so that nobody has to look. Silent where it cannot. */
export function signalOutcome(isIn: boolean): void {
  navigator.vibrate?.(isIn ? 60 : [120, 80, 120]);
  try {
    const context = new AudioContext();
    const tone = context.createOscillator();
    tone.frequency.value = isIn ? 1_046 : 220;
    tone.connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + (isIn ? 0.12 : 0.35));
    tone.addEventListener('ended', () => void context.close());
  } catch {
    // A browser without sound still shows the colour.
  }
}
