// Four friendly tones before something is read out: made here, so that no file is needed.

/** C, E, G and the C above, hertz. */
const TONES = [523.25, 659.25, 783.99, 1046.5] as const;
const STEP_S = 0.22;
const RING_S = 0.7;

/** Resolves when the last tone has faded; at once where nothing can sound. */
export function chime(): Promise<void> {
  if (globalThis.AudioContext === undefined) return Promise.resolve();
  const audio = new AudioContext();
  void audio.resume();
  TONES.forEach((hertz, i) => {
    const begins = audio.currentTime + 0.05 + i * STEP_S;
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    tone.type = 'triangle';
    tone.frequency.value = hertz;
    // Struck and fading, like a bell: without the short rise it would click.
    loud.gain.setValueAtTime(0, begins);
    loud.gain.linearRampToValueAtTime(0.35, begins + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, begins + RING_S);
    tone.connect(loud).connect(audio.destination);
    tone.start(begins);
    tone.stop(begins + RING_S);
  });
  const over_ms = 1000 * (0.05 + (TONES.length - 1) * STEP_S + RING_S);
  return new Promise((done) => {
    setTimeout(() => {
      void audio.close();
      done();
    }, over_ms);
  });
}
