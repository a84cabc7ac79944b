// What-if poles on the map: hollow lettered pins that can be dragged, and moved by arrow keys.
import { type Map as Chart, Marker } from 'maplibre-gl';
import type { LonLat } from '../shared/contract.ts';
import type { Pin } from './scene.ts';

export interface PinHooks {
  dragged(letter: string, at: LonLat): void;
  dropped(letter: string): void;
  chosen(letter: string): void;
  nudged(letter: string, east_m: number, north_m: number): void;
  removed(letter: string): void;
}

const STEPS: Record<string, [number, number]> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

export class Pins {
  readonly #markers = new Map<string, Marker>();
  #held: string | null = null;

  constructor(
    readonly chart: Chart,
    readonly hooks: PinHooks,
  ) {}

  show(pins: readonly Pin[]): void {
    for (const [letter, marker] of this.#markers) {
      if (pins.some((pin) => pin.letter === letter)) continue;
      marker.remove();
      this.#markers.delete(letter);
    }
    // One stop for Tab: the chosen pin, or the first.
    const stop = pins.find((pin) => pin.is_chosen) ?? pins[0];
    for (const pin of pins) {
      const marker = this.#markers.get(pin.letter) ?? this.#add(pin);
      const { lng, lat } = marker.getLngLat();
      const hasMoved = lng !== pin.at[0] || lat !== pin.at[1];
      if (hasMoved && this.#held !== pin.letter) marker.setLngLat(pin.at);
      const element = marker.getElement();
      element.setAttribute('aria-label', pin.label);
      element.title = pin.label;
      element.tabIndex = pin === stop ? 0 : -1;
      element.classList.toggle('is-chosen', pin.is_chosen);
      element.classList.toggle('is-pending', pin.is_pending);
    }
  }

  #add({ letter, at }: Pin): Marker {
    const element = document.createElement('button');
    element.type = 'button';
    element.className = 'pin';
    const sign = document.createElement('span');
    sign.textContent = letter;
    element.append(sign);
    element.addEventListener('click', (event) => {
      event.stopPropagation();
      this.hooks.chosen(letter);
    });
    element.addEventListener('keydown', (event) => this.#pressed(letter, event));
    const marker = new Marker({ element, draggable: true, anchor: 'bottom' }).setLngLat(at).addTo(this.chart);
    marker.on('dragstart', () => {
      this.#held = letter;
    });
    marker.on('drag', () => {
      const { lng, lat } = marker.getLngLat();
      this.hooks.dragged(letter, [lng, lat]);
    });
    marker.on('dragend', () => {
      this.#held = null;
      this.hooks.dropped(letter);
    });
    this.#markers.set(letter, marker);
    return marker;
  }

  #pressed(letter: string, event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step !== undefined) {
      const size = event.shiftKey ? 10 : 1;
      this.hooks.nudged(letter, step[0] * size, step[1] * size);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.hooks.removed(letter);
      this.chart.getCanvas().focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
