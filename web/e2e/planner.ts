// What one does on the planner's page, and what one sees there.
import type { Locator, Page } from '@playwright/test';
import decodeQR from 'qr/decode.js';
import { accessibilityFaults } from './axe.ts';

/** What is written on the page, in both languages. */
export const SAYS = {
  en: {
    gaps: /^Too far/,
    whatIfs: /^What-if/,
    villages: /^Villages/,
    why: 'Why',
    putHere: 'Put what-if pole here',
    wrongData: /^Data is wrong/,
    undoMove: 'Undo: move A',
    undoPut: 'Undo: put A',
    redoPut: 'Redo: put A',
    fewer: /km fewer too far/,
    madeUp: /made up/,
    layers: 'Layers',
    opacity: 'Opacity of banks and villages',
    print: 'Print',
    help: 'Help',
    back: 'Back',
  },
  zh: {
    gaps: /^超距岸段/,
    whatIfs: /^模拟/,
    villages: /^村/,
    why: '原因',
    putHere: '在此放模拟点',
    wrongData: /^数据有误/,
    undoMove: '撤销：移动 A',
    undoPut: '撤销：放置 A',
    redoPut: '重做：放置 A',
    fewer: /减少超距/,
    madeUp: /虚构/,
    layers: '图层',
    opacity: '河岸与村的不透明度',
    print: '打印',
    help: '帮助',
    back: '返回',
  },
} as const;

export class Planner {
  readonly faults: string[] = [];

  constructor(
    readonly page: Page,
    readonly url: string,
  ) {
    page.on('pageerror', (fault) => this.faults.push(fault.message));
    page.on('console', (message) => {
      // A policy that refuses something of our own says so here only.
      if (/Content Security Policy/.test(message.text())) this.faults.push(message.text());
    });
  }

  async open(hash: string, hints: boolean): Promise<void> {
    await this.page.goto(`${this.url}/${hash}`);
    await this.headline.waitFor();
    if (!hints) {
      const gotIt = this.page.locator('.hints button');
      if (await gotIt.isVisible()) await gotIt.click();
    }
  }

  /** As a link opens it: nothing of the page before stays. */
  async reopen(hash: string): Promise<void> {
    await this.page.goto('about:blank');
    await this.open(hash, false);
  }

  get headline(): Locator {
    return this.page.locator('.headline-number b');
  }
  get map(): Locator {
    return this.page.getByTestId('map');
  }
  get card(): Locator {
    return this.page.locator('article.card');
  }
  get badge(): Locator {
    return this.page.locator('.change .badge');
  }
  get gapsListed(): Locator {
    return this.page.locator('.gaps > li');
  }

  tab(name: RegExp): Locator {
    return this.page.getByRole('tab', { name });
  }
  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }
  pin(letter: string): Locator {
    return this.page.locator('button.pin', { hasText: letter });
  }

  async mapIsDrawn(): Promise<void> {
    await this.page.locator('[data-map=idle]').waitFor({ timeout: 60_000 });
  }

  /** Kilometers of bank too far, as the headline says. */
  async kmTooFar(): Promise<number> {
    await this.page.locator('.headline-number:not(.is-waiting):not(.is-stale)').waitFor();
    return Number(((await this.headline.textContent()) ?? '').replaceAll(',', '').replace(/[^\d.].*$/, ''));
  }

  /** The list is sorted: its first stretch is the longest. */
  async chooseLongestGap(gaps: RegExp): Promise<void> {
    await this.tab(gaps).click();
    await this.gapsListed.first().getByRole('button').click();
    await this.card.waitFor();
  }

  async dragPin(letter: string, dx: number, dy: number, steps = 8, pause_ms = 0): Promise<void> {
    const box = await this.pin(letter).boundingBox();
    if (box === null) throw new Error(`no pin ${letter}`);
    const [x, y] = [box.x + box.width / 2, box.y + 20];
    const { mouse } = this.page;
    await mouse.move(x, y);
    await mouse.down();
    for (let step = 1; step <= steps; step += 1) {
      await mouse.move(x + (dx * step) / steps, y + (dy * step) / steps);
      if (pause_ms > 0) await this.page.waitForTimeout(pause_ms);
    }
    await mouse.up();
  }

  async pinPlace(letter: string): Promise<string> {
    return this.page.locator('.pins li', { hasText: letter }).locator('input').inputValue();
  }

  /** The address, once it has caught up with the page. */
  async link(): Promise<string> {
    for (let link = ''; ; link = this.page.url()) {
      if (link === this.page.url()) return link;
      await this.page.waitForTimeout(400);
    }
  }

  /** How long each answer to a drag took to be drawn, in milliseconds. */
  async redraws_ms(): Promise<number[]> {
    return this.page.evaluate(() =>
      performance.getEntriesByName('drag-to-redraw').map((entry) => entry.duration),
    );
  }

  async forgetRedraws(): Promise<void> {
    await this.page.evaluate(() => performance.clearMeasures('drag-to-redraw'));
  }

  /** What a camera reads from the code on the print sheet. */
  async codeOnPaper(): Promise<string> {
    const png = (await this.page.locator('.paper footer svg').screenshot()).toString('base64');
    // A page without our policy: it turns the picture into pixels.
    const camera = await this.page.context().newPage();
    const { width, height, pixels } = await camera.evaluate(async (base64) => {
      const picture = new Image();
      picture.src = `data:image/png;base64,${base64}`;
      await picture.decode();
      const { width, height } = picture;
      const pen = new OffscreenCanvas(width, height).getContext('2d');
      pen?.drawImage(picture, 0, 0);
      return { width, height, pixels: [...(pen?.getImageData(0, 0, width, height).data ?? [])] };
    }, png);
    await camera.close();
    return decodeQR({ width, height, data: Uint8Array.from(pixels) }, { timeLimit: 5000 });
  }

  /** What axe-core finds, one line each. */
  accessibilityFaults(): Promise<string[]> {
    return accessibilityFaults(this.page);
  }

  /** For people to look at. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: `shots/${name}.png` });
  }
}
