// What somebody with a phone does on the public pages, and what they see there.
import type { Locator, Page } from '@playwright/test';
import { accessibilityFaults } from './axe.ts';

/** What is written on the public pages, in both languages. */
export const PUBLIC = {
  en: {
    locale: 'en',
    tag: 'en',
    guide: 'Turn on direction',
    find: 'Find it from where I am',
    placed: /^Starting from where you are, accurate to about 5 m/,
    straight: /^\d+ m in a straight line from you$/,
    onFoot: /^\d+ m on foot, about \d+ min$/,
    refused: /location was refused/,
    poor: /only accurate to about 80 m: still starting from this piece/,
    unplaced: /location isn't available/,
    turn: /^Turn your phone/,
    north: 'No compass; up is north.',
    copied: /Copied/,
    broken: 'It is broken',
    other: 'Something else',
    note: /^In words/,
    send: 'Send the report',
    recorded: /^Recorded, no\. \d+\. It takes effect/,
    needed: /Please say what it is/,
    needsScript: /Reporting needs JavaScript/,
    missing:
      /^This rescue pole is missing: do not look for it here\. Nearest working: .+ LI-\d+-\w, \S+, \d+ m on foot/,
    code: /^The code on the label/,
    open: 'Open',
    unknown: /^No piece has this code/,
    otherLanguage: '中文',
  },
  zh: {
    locale: 'zh-CN',
    tag: 'zh-CN',
    guide: '开启方向指引',
    find: '用我的位置查找',
    placed: /^以您的位置为起点，误差约 5 米/,
    straight: /^直线 \d+ 米（从您的位置）$/,
    onFoot: /^步行 \d+ 米，约 \d+ 分钟$/,
    refused: /未允许定位/,
    poor: /定位误差约 80 米，仍以本件为起点/,
    unplaced: /未获得您的位置/,
    turn: /^转动手机/,
    north: '无法取得方向，上方为北。',
    copied: /已复制/,
    broken: '坏了',
    other: '其他',
    note: /^说明/,
    send: '提交上报',
    recorded: /^已记录，编号 \d+。核实后生效/,
    needed: /请用几个字说明/,
    needsScript: /上报需要浏览器启用 JavaScript/,
    missing: /^此救生杆已不在原处，请勿在此寻找。最近的可用：.+ LI-\d+-\w，\S+，步行 \d+ 米/,
    code: /^标签上的编号/,
    open: '打开',
    unknown: /^没有这个编号/,
    otherLanguage: 'English',
  },
} as const;

export class Phone {
  readonly faults: string[] = [];
  readonly asked: string[] = [];

  constructor(
    readonly page: Page,
    readonly url: string,
  ) {
    page.on('pageerror', (fault) => this.faults.push(fault.message));
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) this.faults.push(message.text());
    });
    page.on('request', (request) => this.asked.push(request.url().replace(url, '')));
  }

  async open(address: string): Promise<void> {
    await this.page.goto(`${this.url}${address}`);
  }

  get calls(): Locator {
    return this.page.locator('.calls a');
  }
  get near(): Locator {
    return this.page.locator('.near > li');
  }
  get place(): Locator {
    return this.page.locator('#place');
  }
  get compass(): Locator {
    return this.page.locator('#compass');
  }
  get reported(): Locator {
    return this.page.locator('#reported');
  }
  button(name: string): Locator {
    return this.page.getByRole('button', { name });
  }

  radio(name: string): Locator {
    return this.page.getByRole('radio', { name });
  }

  /** The address of the page of a piece, by the piece's id. */
  async label(id: string): Promise<{ address: string; at: [number, number] }> {
    const asked = await fetch(`${this.url}/api/v1/regions/liechtenstein/equipment/${id}`);
    const piece = (await asked.json()) as {
      properties: { code: string };
      geometry: { coordinates: [number, number] };
    };
    return { address: `/p/${piece.properties.code}`, at: piece.geometry.coordinates };
  }

  /** As a phone's compass tells it: an angle against the clock, from the north or from anywhere. */
  async point(type: 'deviceorientation' | 'deviceorientationabsolute', alpha: number): Promise<void> {
    await this.page.evaluate(
      ([type, alpha]) => dispatchEvent(new DeviceOrientationEvent(type, { alpha, beta: 20, gamma: 0 })),
      [type, alpha] as const,
    );
  }

  /** What axe-core finds, one line each. */
  accessibilityFaults(): Promise<string[]> {
    return accessibilityFaults(this.page);
  }

  /** For people to look at. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: `shots/${name}.png`, fullPage: true });
  }
}
