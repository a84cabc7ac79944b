// Notices, and who is told of them: a recipient is added, told and removed; two planners at one notice. In both languages.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Keeper, test } from './test.ts';

const SAYS = {
  en: {
    register: /^Register/,
    notices: 'Notices',
    whoIsTold: 'Who is told',
    add: 'Add a recipient',
    address: 'Address',
    needsHttps: /must begin with https/,
    secret: 'The secret',
    kept: 'Kept it',
    write: 'Write a notice',
    publish: 'Publish',
    refresh: 'Refresh',
    told: /^Told/,
    remove: (server: string) => `Remove ${server}`,
    removeDo: 'Remove it',
    edit: /^Edit “/,
    title: 'Title, English',
    severity: 'How bad',
    save: 'Save',
    writeMine: 'Write mine over it',
    end: /^End “/,
    endDo: 'End it',
    withdraw: /^Withdraw “/,
    withdrawDo: 'Withdraw it',
    withdrawn: 'withdrawn',
  },
  zh: {
    register: /^登记/,
    notices: '通知',
    whoIsTold: '消息接收方',
    add: '添加接收方',
    address: '地址',
    needsHttps: /须以 https/,
    secret: '签名密钥',
    kept: '已妥善保存',
    write: '发布通知',
    publish: '发布',
    refresh: '刷新',
    told: /已送达$/,
    remove: (server: string) => `删除 ${server}`,
    removeDo: '确认删除',
    edit: /^编辑“/,
    title: '标题（英文）',
    severity: '严重程度',
    save: '保存',
    writeMine: '用我的版本覆盖',
    end: /^提前结束“/,
    endDo: '确认结束',
    withdraw: /^撤回“/,
    withdrawDo: '确认撤回',
    withdrawn: '已撤回',
  },
} as const;

interface Message {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Somebody on this machine who takes every message. */
async function recipient() {
  const messages: Message[] = [];
  const server = createServer((asked, answer) => {
    let body = '';
    asked.setEncoding('utf8');
    asked.on('data', (some: string) => {
      body += some;
    });
    asked.on('end', () => {
      messages.push({ headers: asked.headers, body });
      answer.writeHead(204).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, messages, stop: () => server.close() };
}

/** As Standard Webhooks has it. */
function signatureOf(secret: string, { headers, body }: Message): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

async function toNotices(keeper: Keeper, says: (typeof SAYS)['en' | 'zh']): Promise<void> {
  await keeper.tab(says.register).click();
  await keeper.page.locator('.register .segments').getByText(says.notices, { exact: true }).click();
  await keeper.exactly(says.write).waitFor();
}

async function bothSizes(keeper: Keeper, name: string): Promise<void> {
  await keeper.picture(name);
  await keeper.page.setViewportSize({ width: 390, height: 844 });
  const wide = await keeper.page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  await keeper.picture(name.replace('-', '-phone-'));
  await keeper.page.setViewportSize({ width: 1280, height: 800 });
}

for (const language of ['en', 'zh'] as const) {
  const says = SAYS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`a recipient is added with its secret, told of a notice and its change, and removed (${language})`, async ({
    enter,
  }) => {
    const receiver = await recipient();
    try {
      const mei = await enter({ name: 'mei', role: 'administrator' }, { locale, bypassCSP: true });
      await toNotices(mei, says);
      const hooks = mei.page.getByRole('region', { name: says.whoIsTold });
      await mei.exactly(says.add).click();
      await mei.field(says.address).fill('http://10.0.0.1/x');
      await mei.page.keyboard.press('Enter');
      await expect(hooks.getByRole('alert')).toContainText(says.needsHttps);
      await mei.field(says.address).fill(`${receiver.url}/hook?key=hidden`);
      await mei.page.keyboard.press('Enter');
      const secret = await mei.field(says.secret).inputValue();
      await bothSizes(mei, `${language}-webhook-made`);
      expect(await mei.accessibilityFaults()).toEqual([]);
      await mei.exactly(says.kept).click();
      await expect(mei.field(says.secret)).toBeHidden();
      // What is behind the server in its address may be a secret, too.
      await expect(hooks).toContainText(receiver.url);
      await expect(hooks).not.toContainText('hidden');

      await mei.exactly(says.write).click();
      await mei.exactly(says.publish).click();
      await expect.poll(() => receiver.messages.length).toBe(1);
      const [first] = receiver.messages;
      if (first === undefined) throw new Error('nobody was told');
      expect(first.headers['webhook-signature']).toBe(signatureOf(secret, first));
      await mei.page.getByRole('button', { name: says.edit }).first().click();
      await mei.field(says.title).fill(`Hot days (${language})`);
      await mei.exactly(says.save).click();
      await expect.poll(() => receiver.messages.at(-1)?.body ?? '').toContain(`Hot days (${language})`);
      await hooks.getByRole('button', { name: says.refresh }).click();
      await expect(hooks.locator('li small').filter({ hasText: says.told }).first()).toBeVisible();
      await bothSizes(mei, `${language}-webhook-told`);

      await mei.exactly(says.remove(receiver.url)).click();
      await mei.exactly(says.removeDo).click();
      await expect(hooks).not.toContainText(receiver.url);
      await mei.page.getByRole('button', { name: says.withdraw }).first().click();
      await mei.exactly(says.withdrawDo).click();
      await expect(mei.page.locator('.desk-notice').first()).toContainText(says.withdrawn);
      expect(receiver.messages).toHaveLength(2);
    } finally {
      receiver.stop();
    }
  });

  test(`two planners at one notice see both versions, and it ends when one says so (${language})`, async ({
    enter,
  }) => {
    const [wang, li] = [
      await enter({ name: 'wang', role: 'planner' }, { locale, bypassCSP: true }),
      await enter({ name: 'li', role: 'planner' }, { locale }),
    ];
    await toNotices(wang, says);
    await wang.exactly(says.write).click();
    await wang.exactly(says.publish).click();
    await wang.exactly(says.write).waitFor();
    await toNotices(li, says);
    for (const one of [wang, li]) await one.page.getByRole('button', { name: says.edit }).first().click();
    await li.field(says.title).fill('By li');
    await li.field(says.severity).selectOption('extreme');
    await li.exactly(says.save).click();
    await li.field(says.title).waitFor({ state: 'hidden' });
    await wang.field(says.title).fill('By wang');
    await wang.exactly(says.save).click();
    const versions = wang.page.locator('.versions');
    await expect(versions).toContainText('By li');
    await expect(versions).toContainText('By wang');
    await bothSizes(wang, `${language}-notice-versions`);
    expect(await wang.accessibilityFaults()).toEqual([]);
    // What wang has not touched stays as li says.
    await expect(wang.field(says.severity)).toHaveValue('extreme');
    await wang.exactly(says.writeMine).click();
    await expect(versions).toBeHidden();
    const latest = async () => {
      const path = '/api/v1/regions/liechtenstein/notices?all=true&limit=1';
      const { notices } = await wang.ask<{
        notices: { en: { title: string }; severity: string; until: string }[];
      }>(path);
      return notices[0];
    };
    expect(await latest()).toMatchObject({ en: { title: 'By wang' }, severity: 'extreme' });

    await wang.page.getByRole('button', { name: says.end }).first().click();
    await wang.exactly(says.endDo).click();
    await expect
      .poll(async () => Date.parse((await latest())?.until ?? '') - Date.now())
      .toBeLessThan(60_000);
    await wang.page.getByRole('button', { name: says.withdraw }).first().click();
    await wang.exactly(says.withdrawDo).click();
    await expect(wang.page.locator('.desk-notice').first()).toContainText(says.withdrawn);
  });
}
