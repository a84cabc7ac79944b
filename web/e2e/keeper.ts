// What people who sign in do on the planner's page, and what they see there.
import { expect, type Locator } from '@playwright/test';
import { Planner } from './planner.ts';

/** What is written on the register's part of the page, in both languages. */
export const KEEPS = {
  en: {
    signIn: 'Sign in',
    signOut: 'Sign out',
    name: 'Name',
    password: 'Password',
    newPassword: 'New password',
    again: 'New password again',
    takeUp: 'Make the account and sign in',
    invitedAs: /administrator, all regions/,
    usedUp: /has been used/,
    wrongPassword: 'The name or the password is wrong.',
    edit: 'Edit',
    note: 'Note',
    condition: 'Condition',
    save: 'Save',
    conflict: /Somebody else has changed/,
    keepTheirs: 'Keep theirs',
    editAgain: 'Edit again',
    writeMine: 'Write mine over it',
    retire: 'Retire …',
    retireDo: 'Take it out',
    missing: 'Missing',
    closeCrossing: 'Close this crossing',
    openCrossing: 'Open this crossing',
    register: 'Register',
    crossings: 'Crossings',
    history: 'History',
    undo: 'Undo',
    undone: 'Undone',
    changedSince: /changed again since/,
    crosses: 'Crosses:',
    inspections: 'Inspections',
    reports: 'Reports',
    waters: 'Waters',
    report: 'Report a problem',
    isMissing: 'It is missing',
    inWords: /^In words/,
    send: 'Send',
    heeded: /heeded at once/,
    addPhotos: /Add photos/,
    removePhoto: 'Remove photo 2',
    noPicture: /cannot be read as a picture/,
    photosSent: 'Photos arrived: 2.',
    photosFailed: /Photos arrived: 0 of 1/,
    photoRetry: 'Send the missing photos again',
    photoSent: 'Photos arrived: 1.',
    photoLarge: /^Photo 1 of report/,
    waits: /once a planner has looked into it/,
    confirm: 'Confirm',
    reject: 'Reject',
    working: 'Working',
    noReports: /No report is open/,
    map: 'Map',
    bridge: 'A bridge',
    cornerAt: 'A corner by coordinates',
    cornerAdd: 'Add',
    mapName: 'Name',
    mapWrong: 'The map is wrong here',
    noWay: 'This way is not there',
    struck: /is struck out of the map/,
    takeBack: 'Take back',
    nothingPutRight: 'Nothing has been put right yet.',
  },
  zh: {
    signIn: '登录',
    signOut: '退出登录',
    name: '用户名',
    password: '密码',
    newPassword: '新密码',
    again: '再输入一次新密码',
    takeUp: '建立账号并登录',
    invitedAs: /全部辖区管理员/,
    usedUp: /邀请已使用/,
    wrongPassword: '用户名或密码不正确。',
    edit: '编辑',
    note: '备注',
    condition: '状态',
    save: '保存',
    conflict: /已被他人修改/,
    keepTheirs: '保留他人的版本',
    editAgain: '继续编辑',
    writeMine: '用我的版本覆盖',
    retire: '撤下…',
    retireDo: '撤下',
    missing: '缺失',
    closeCrossing: '关闭此通道',
    openCrossing: '开放此通道',
    register: '登记',
    crossings: '通道',
    history: '历史',
    undo: '撤销',
    undone: '已撤销',
    changedSince: /此后又有改动/,
    crosses: '经过：',
    inspections: '检查',
    reports: '上报',
    waters: '水域',
    report: '上报问题',
    isMissing: '器材不见了',
    inWords: /^说明/,
    send: '提交',
    heeded: /已立即生效/,
    addPhotos: /添加照片/,
    removePhoto: '移除照片 2',
    noPicture: /无法作为图片读取/,
    photosSent: '已收到 2 张照片。',
    photosFailed: /照片已收到 0 \/ 1 张/,
    photoRetry: '重新上传未成功的照片',
    photoSent: '已收到 1 张照片。',
    photoLarge: /^上报 \d+ 的照片 1/,
    waits: /规划员核实后生效/,
    confirm: '确认',
    reject: '驳回',
    working: '完好',
    noReports: /没有待处理的上报/,
    map: '地图',
    bridge: '桥',
    cornerAt: '按坐标添加拐点',
    cornerAdd: '添加',
    mapName: '名称',
    mapWrong: '此处地图有误',
    noWay: '没有这条路',
    struck: /已从地图上删除/,
    takeBack: '撤回',
    nothingPutRight: '还没有更正。',
  },
} as const;

interface Nearest {
  results: { crossings: string[] }[];
}
interface Gaps {
  features: { geometry: { coordinates: [number, number][] } }[];
}

interface Photo {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

interface Asked {
  method?: string;
  body?: object;
  /** The validator of what is changed, as it was seen. */
  seen?: string;
}

export class Keeper extends Planner {
  /** Asks the service as the page does, with its cookie. */
  async ask<T>(path: string, { method = 'GET', body, seen }: Asked = {}): Promise<T> {
    const { status, answer } = await this.page.evaluate(
      async ([path, method, body, seen]) => {
        const asked = await fetch(path, {
          method,
          headers: {
            ...(body === null ? {} : { 'content-type': 'application/json' }),
            ...(seen === null ? {} : { 'if-match': seen }),
          },
          ...(body === null ? {} : { body }),
        });
        const text = await asked.text();
        return { status: asked.status, answer: text === '' ? null : JSON.parse(text) };
      },
      [path, method, body === undefined ? null : JSON.stringify(body), seen ?? null] as const,
    );
    if (400 <= status) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer as T;
  }

  /** Signs in behind the page, with an account that is made where there is none yet. */
  async enter(
    who: { name: string; role: string | null },
    firstToken: string,
    first: { name: string; password: string },
  ): Promise<void> {
    await this.page.goto(`${this.url}/`);
    if (who.role === null) return;
    const accept = (token: string, account: object) =>
      this.ask('/api/v1/invitations/accept', { method: 'POST', body: { token, ...account } });
    const signIn = (account: object) => this.ask('/api/v1/session', { method: 'POST', body: account });
    const isThere = await accept(firstToken, first).then(
      () => true,
      () => false,
    );
    if (!isThere) await signIn(first);
    if (who.role === 'administrator') return;
    const { token } = await this.ask<{ token: string }>('/api/v1/invitations', {
      method: 'POST',
      body: { role: who.role, region: 'liechtenstein' },
    });
    await this.ask('/api/v1/session', { method: 'DELETE' });
    const account = { name: who.name, password: first.password };
    await accept(token, account).catch((cause) => {
      // They may have come in before; whatever else it is, is the fault.
      if (!String(cause).includes('/name-taken')) throw cause;
      return signIn(account);
    });
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }
  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }
  get toast(): Locator {
    return this.page.locator('.toast');
  }
  exactly(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
  /** The menu of who is signed in. */
  get account(): Locator {
    return this.page.locator('details.menu:has(.account) summary');
  }

  /** Opens the form of the piece whose card is shown, and writes a note. */
  async beginNote(says: (typeof KEEPS)['en' | 'zh'], note: string): Promise<void> {
    await this.exactly(says.edit).click();
    await this.field(says.note).fill(note);
  }

  /** A view of the register's tab. */
  async showRegister(
    says: (typeof KEEPS)['en' | 'zh'],
    view: 'crossings' | 'history' | 'map' | 'reports',
  ): Promise<void> {
    await this.tab(new RegExp(`^${says.register}`)).click();
    await this.page.locator('.register .segments').getByText(says[view], { exact: true }).click();
  }

  /** Says from the piece's card that it is missing. */
  async reportMissing(
    says: (typeof KEEPS)['en' | 'zh'],
    note: string,
    photos: readonly Photo[] = [],
  ): Promise<void> {
    await this.beginReport(says, note, photos);
    await this.sendReport(says);
  }

  async beginReport(
    says: (typeof KEEPS)['en' | 'zh'],
    note: string,
    photos: readonly Photo[] = [],
  ): Promise<void> {
    await this.exactly(says.report).click();
    await this.field(says.isMissing).check();
    await this.dialog.getByLabel(says.inWords).fill(note);
    if (photos.length > 0) {
      await this.dialog.getByLabel(says.addPhotos).setInputFiles([...photos]);
      await expect(this.dialog.locator('.report-photos img')).toHaveCount(photos.length);
    }
  }

  async sendReport(says: (typeof KEEPS)['en' | 'zh']): Promise<void> {
    await this.exactly(says.send).click();
  }

  /** A photo as a camera makes it: so many pixels, each half of another color. */
  async photo(name: string, width: number, height: number): Promise<Photo> {
    const base64 = await this.page.evaluate(
      ([width, height]) => {
        const canvas = document.createElement('canvas');
        Object.assign(canvas, { width, height });
        const pen = canvas.getContext('2d');
        if (pen === null) throw new Error('nothing can be drawn');
        const sky = pen.createLinearGradient(0, 0, width, height);
        sky.addColorStop(0, '#cfe3f1');
        sky.addColorStop(0.5, '#7fa36a');
        sky.addColorStop(0.5, '#4f7f9c');
        sky.addColorStop(1, '#24465c');
        pen.fillStyle = sky;
        pen.fillRect(0, 0, width, height);
        pen.fillStyle = '#c9a227';
        pen.fillRect(width * 0.46, height * 0.2, width * 0.03, height * 0.6);
        return canvas.toDataURL('image/jpeg').replace(/^.*,/, '');
      },
      [width, height] as const,
    );
    return { name, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
  }

  async piece(id: string): Promise<{ note: string | null; condition: string }> {
    const path = `/api/v1/regions/liechtenstein/equipment/${id}`;
    return (await this.ask<{ properties: { note: string | null; condition: string } }>(path)).properties;
  }

  /** A place from which the way to the nearest equipment leads over a crossing. */
  async overABridge(): Promise<{ at: [number, number]; crossing: string }> {
    const { features } = await this.ask<Gaps>('/api/v1/regions/liechtenstein/gaps?limit_m=50&limit=200');
    for (const { geometry } of features) {
      const at = geometry.coordinates[Math.floor(geometry.coordinates.length / 2)];
      if (at === undefined) continue;
      const { results } = await this.ask<Nearest>(`/api/v1/nearest?lon=${at[0]}&lat=${at[1]}&limit=1`);
      const crossing = results[0]?.crossings[0];
      if (crossing !== undefined) return { at, crossing };
    }
    throw new Error('no way in the sample leads over a bridge');
  }
}
