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
  },
} as const;
export type Says = (typeof SAYS)['zh' | 'en'];

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

  /** Opens the outbox, or closes it. */
  async turnOutbox(): Promise<void> {
    await this.page.locator('.strip button').click();
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: `shots/volunteer-${name}.png` });
  }
}
