// Reads codes from the camera's picture, where the browser can.

interface Detector {
  detect(from: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface Detectors {
  BarcodeDetector?: new (options: { formats: string[] }) => Detector;
}

const EVERY_MS = 250;

export const canScan = () =>
  (globalThis as Detectors).BarcodeDetector !== undefined && navigator.mediaDevices !== undefined;

/** Returns how to stop. */
export function scan(video: HTMLVideoElement, found: (code: string) => void, failed: () => void): () => void {
  const Made = (globalThis as Detectors).BarcodeDetector;
  let stream: MediaStream | null = null;
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    isOver = true;
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
  };
  const fail = () => {
    stop();
    failed();
  };
  if (Made === undefined) {
    failed();
    return stop;
  }
  const detector = new Made({ formats: ['qr_code'] });
  const look = () => {
    if (isOver) return;
    detector.detect(video).then(([first]) => {
      if (isOver) return;
      if (first === undefined) timer = setTimeout(look, EVERY_MS);
      else {
        stop();
        found(first.rawValue);
      }
    }, fail);
  };
  navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then((come) => {
    stream = come;
    if (isOver) {
      stop();
      return;
    }
    video.srcObject = come;
    video.play().then(look, fail);
  }, fail);
  return stop;
}
