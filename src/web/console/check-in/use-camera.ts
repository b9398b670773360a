import type { QRCode } from 'jsqr';
import { onUnmounted, shallowRef, type Ref, type ShallowRef } from 'vue';

/** A code is read once for as long as it stays in the picture, and again when it has been away for so long. */
const repeatMs = 4_000;
const lookEveryMs = 120;
/** Enough for a code that fills a third of the picture, and quick on an old phone. */
const widestPixels = 640;

export interface Camera {
  readonly isOn: Readonly<ShallowRef<boolean>>;
  /** Why there is no picture. */
  readonly trouble: Readonly<ShallowRef<string>>;
  start(): Promise<void>;
  stop(): void;
}

/** Reads QR codes from the camera at the back. The reader is fetched when the camera is first asked for. */
export function useCamera(
  video: Readonly<Ref<HTMLVideoElement | null>>,
  onText: (text: string) => void,
): Camera {
  const isOn = shallowRef(false);
  const trouble = shallowRef('');
  let stream: MediaStream | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = { text: '', at: 0 };

  function see(text: string): void {
    const at = performance.now();
    const isSame = text === last.text && at - last.at < repeatMs;
    last = { text, at };
    if (!isSame) onText(text);
  }

  async function start(): Promise<void> {
    trouble.value = '';
    try {
      const [{ default: readQr }, opened] = await Promise.all([
        import('jsqr'),
        navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false }),
      ]);
      stream = opened;
      isOn.value = true;
      if (!video.value) return stop();
      video.value.srcObject = opened;
      await video.value.play();
      const look = () => {
        const text = video.value && readFrame(video.value, readQr);
        if (text) see(text);
        timer = setTimeout(look, lookEveryMs);
      };
      look();
    } catch {
      stop();
      trouble.value = '打不开摄像头：请在浏览器里允许使用摄像头，或用扫码枪、手输票号';
    }
  }

  function stop(): void {
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    isOn.value = false;
  }

  onUnmounted(stop);
  return { isOn, trouble, start, stop };
}

/** The function that jsqr is. */
type ReadQr = (
  data: Uint8ClampedArray,
  width: number,
  height: number,
  options: { inversionAttempts: 'dontInvert' },
) => QRCode | null;

const canvas = document.createElement('canvas');

function readFrame(video: HTMLVideoElement, readQr: ReadQr): string | null {
  if (video.videoWidth === 0) return null;
  const scale = Math.min(1, widestPixels / video.videoWidth);
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
  return readQr(data, width, height, { inversionAttempts: 'dontInvert' })?.data || null;
}
