// What a volunteer does on the phone's page, and what is written there, in both languages.
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

export const SAYS = {
  zh: {
    signIn: '登录',
    name: '用户名',
    password: '密码',
    start: '开始巡逻',
    agree: '同意，开始巡逻',
    checkIn: '到点签到',
    still: '仍要签到',
    next: (n: number) => `下一段 · 第 ${n} 段`,
    skip: '跳过…',
    unsafe: '有危险',
    finish: '结束巡逻',
    tabs: { task: '任务', map: '地图', report: '上报', me: '我的' },
    other: '其他',
    note: '说明（可不填）',
    submit: '提交',
    recorded: '已记下',
    saved: /已存手机/,
    signOut: '退出登录',
    online: /^在线/,
    offline: /^离线/,
    waiting: (n: number) => `待上传 ${n}`,
    allSent: '全部已上传 ✓',
    ready: '已可离线使用 ✓',
    of: (name: string) => `${name}的`,
    nearest: '最近的救援器材',
    newPassword: '新密码',
    takeUp: '建立账号并登录',
    nothing: '今晚没有安排',
    comes: '我来',
    hands: '转交',
    stillOn: /有人接替之前，仍由您值守。$/,
    take: '我来接替',
    takeFor: (name: string) => new RegExp(`我来接替${name}$`),
    taken: /^已由您值守：/,
    faster: '已有人接替，或对方已撤回。列表已更新。',
    takenOver: /^有人接替了您/,
    back: '返回',
    gpx: '下载 GPX',
    print: '打印',
    calendar: '加入日历',
    makeCalendar: '生成地址',
    address: '地址',
    close: '关闭',
    seen: /^已巡 [\d.]+ \/ [\d.]+ 公里，截至 \d\d:\d\d$/,
    left: '粗线：还没巡到',
    warned: { severe: '严重', said: { title: '今晚水闸放水', text: '水位会在几分钟内上涨，请离开河滩。' } },
  },
  en: {
    signIn: 'Sign in',
    name: 'Name',
    password: 'Password',
    start: 'Start the patrol',
    agree: 'Agree and start',
    checkIn: 'Check in',
    still: 'Check in all the same',
    next: (n: number) => `Next · stop ${n}`,
    skip: 'Skip …',
    unsafe: 'Unsafe',
    finish: 'End the patrol',
    tabs: { task: 'Task', map: 'Map', report: 'Report', me: 'Me' },
    other: 'Other',
    note: 'In words (may be empty)',
    submit: 'Submit',
    recorded: 'Recorded',
    saved: /Saved on phone/,
    signOut: 'Sign out',
    online: /^Online/,
    offline: /^Offline/,
    waiting: (n: number) => `waiting ${n}`,
    allSent: 'Everything is sent ✓',
    ready: 'Ready for offline ✓',
    of: (name: string) => `${name}'s`,
    nearest: 'Nearest equipment',
    newPassword: 'New password',
    takeUp: 'Make the account and sign in',
    nothing: 'Nothing tonight',
    comes: 'I come',
    hands: 'Hand over',
    stillOn: /Until somebody takes it, you are still on\.$/,
    take: 'I take it',
    takeFor: (name: string) => new RegExp(`^I take it from ${name},`),
    taken: /^You are on: /,
    faster: 'Somebody was faster, or it was taken back. The list is up to date again.',
    takenOver: /^Somebody has taken your evening over/,
    back: 'Back',
    gpx: 'GPX',
    print: 'Print',
    calendar: 'Calendar',
    makeCalendar: 'Make the address',
    address: 'Address',
    close: 'Close',
    seen: /^Seen [\d.]+ of [\d.]+ km, as of \d\d:\d\d$/,
    left: 'Thick line: not seen yet',
    warned: {
      severe: 'Severe',
      said: {
        title: 'Water is let out tonight',
        text: 'The water rises within minutes. Stay off the banks.',
      },
    },
  },
} as const;
export type Says = (typeof SAYS)['zh' | 'en'];

type Place = readonly [number, number];

interface Stubbed {
  walked?: (at: Place) => void;
}

/** In place of the phone's receiver: it is where the test says, by the page's own clock. To be run in the page. */
export function stubReceiver(): void {
  const watching = new Map<number, PositionCallback>();
  Object.assign(navigator.geolocation, {
    watchPosition(told: PositionCallback) {
      watching.set(watching.size, told);
      return watching.size - 1;
    },
    clearWatch: (id: number) => watching.delete(id),
  });
  (globalThis as Stubbed).walked = ([longitude, latitude]) => {
    const coords = { longitude, latitude, accuracy: 6 } as GeolocationCoordinates;
    for (const tell of watching.values()) tell({ coords, timestamp: Date.now() } as GeolocationPosition);
  };
}

/** Points on a line, so far apart. */
function everyMeters(line: readonly Place[], step_m: number): Place[] {
  const points: Place[] = [];
  line.forEach((from, i) => {
    const to = line[i + 1];
    if (to === undefined) return;
    const east_m = (to[0] - from[0]) * 111_195 * Math.cos((from[1] * Math.PI) / 180);
    const n = Math.max(1, Math.round(Math.hypot(east_m, (to[1] - from[1]) * 111_195) / step_m));
    for (let k = 0; k < n; k += 1)
      points.push([from[0] + ((to[0] - from[0]) * k) / n, from[1] + ((to[1] - from[1]) * k) / n]);
  });
  return points;
}

export class Walker {
  constructor(
    readonly page: Page,
    readonly url: string,
    readonly says: Says,
  ) {}

  /** The page opens anew, as it does when the phone had thrown it away. */
  async reopened(context: BrowserContext): Promise<Walker> {
    await this.page.close();
    const walker = new Walker(await context.newPage(), this.url, this.says);
    await walker.open();
    return walker;
  }

  async open(): Promise<void> {
    await this.page.goto(`${this.url}/v`);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
  get line(): Locator {
    return this.page.locator('.line-text');
  }
  tab(name: string): Locator {
    return this.page.locator('.bar').getByRole('button', { name, exact: true });
  }

  async signIn(name: string, password: string): Promise<void> {
    await this.page.getByLabel(this.says.name, { exact: true }).fill(name);
    await this.page.getByLabel(this.says.password, { exact: true }).fill(password);
    await this.button(this.says.signIn).click();
    await expect(this.tab(this.says.tabs.task)).toBeVisible();
  }

  async signOut(): Promise<void> {
    await this.tab(this.says.tabs.me).click();
    await this.button(this.says.signOut).click();
    await this.page.getByRole('dialog').getByRole('button', { name: this.says.signOut, exact: true }).click();
    await expect(this.button(this.says.signIn)).toBeVisible();
  }

  /** At the next stop, wherever the phone thinks that it is. */
  async checkIn(): Promise<void> {
    await this.button(this.says.checkIn).click();
    const still = this.button(this.says.still);
    const checkedIn = this.page.locator('.undo');
    await expect(still.or(checkedIn).first()).toBeVisible();
    if (await still.isVisible()) await still.click();
  }

  async report(note: string): Promise<void> {
    await this.tab(this.says.tabs.report).click();
    await this.button(this.says.other).click();
    await this.page.getByLabel(this.says.note).fill(note);
    await this.button(this.says.submit).click();
    await expect(this.page.getByRole('heading', { name: this.says.recorded })).toBeVisible();
  }

  dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** Asks the service as the page does, with its cookie. */
  async ask<T>(path: string): Promise<T> {
    return (await this.page.request.get(`${this.url}${path}`)).json() as Promise<T>;
  }

  /** The link of an invitation makes the account, and signs in. */
  async takeUp(link: string, name: string, password: string): Promise<void> {
    await this.page.goto(link);
    await this.page.getByLabel(this.says.name).fill(name);
    await this.page.getByLabel(this.says.newPassword).fill(password);
    await this.button(this.says.takeUp).click();
    await expect(this.tab(this.says.tabs.task)).toBeVisible();
  }

  /** Along a line at a walking pace, by the page's clock, which must be at hand. */
  async walk(line: readonly Place[]): Promise<void> {
    for (const at of everyMeters(line, 8)) {
      await this.page.clock.fastForward(6000);
      await this.page.evaluate((at) => (globalThis as unknown as Stubbed).walked?.(at), at);
    }
  }

  /** Opens the outbox, or closes it. */
  async turnOutbox(): Promise<void> {
    await this.page.locator('.strip button').click();
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: `shots/volunteer-${name}.png` });
  }
}
