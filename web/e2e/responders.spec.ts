// Who may be called: one is put on the list by a tap on the map, described anew, switched, changed by two at once, and taken off.
import type { Locator } from '@playwright/test';
import { expect, type Keeper, test } from './test.ts';

const REGION = '/api/v1/regions/liechtenstein';

const SAYS = {
  en: {
    register: /^Register/,
    responders: 'Responders',
    none: 'Nobody is on the list yet.',
    add: 'Add a responder',
    lacks: /^Say where they set off/,
    onMap: 'Choose on the map',
    kind: 'Kind',
    name: 'Name',
    village: 'Village',
    phone: 'Phone',
    duty: 'On duty',
    until: 'Until',
    note: 'Note',
    save: 'Save',
    called: 'Anna Marxer',
    isOn: (name: string) => `${name} is on the list`,
    saved: (name: string) => `${name} is saved`,
    off: 'Off duty',
    turnOn: 'On',
    on: 'On duty',
    find: 'Name or village',
    found: 'Found: 1, on duty now: 1',
    foundNone: 'Found: 0, on duty now: 0',
    edit: (name: string) => `Edit ${name}`,
    conflict: /^Somebody else has changed/,
    writeMine: 'Write mine over it',
    keepTheirs: 'Keep theirs',
    remove: (name: string) => `Remove ${name}`,
    takeOff: 'Take off the list',
    isOff: (name: string) => `${name} is off the list`,
    gone: /has taken them off the list/,
    close: 'Close',
  },
  zh: {
    register: /^登记/,
    responders: '响应人员',
    none: '名单还是空的。',
    add: '添加响应人员',
    lacks: /^请指定出发地点/,
    onMap: '在地图上指定',
    kind: '种类',
    name: '名称',
    village: '所在村',
    phone: '电话',
    duty: '值守时间',
    until: '至',
    note: '备注',
    save: '保存',
    called: '王芳',
    isOn: (name: string) => `${name}已加入名单`,
    saved: (name: string) => `${name} 已保存`,
    off: '不在岗',
    turnOn: '在岗',
    on: '在岗',
    find: '姓名或村名',
    found: '找到 1 个，现在在岗 1 个',
    foundNone: '找到 0 个，现在在岗 0 个',
    edit: (name: string) => `编辑 ${name}`,
    conflict: /已被他人修改$/,
    writeMine: '用我的版本覆盖',
    keepTheirs: '保留他人的版本',
    remove: (name: string) => `移除${name}`,
    takeOff: '移出名单',
    isOff: (name: string) => `${name}已移出名单`,
    gone: /他人已将其移出名单/,
    close: '关闭',
  },
} as const;
type Says = (typeof SAYS)['en' | 'zh'];

interface Listed {
  id: string;
  name: string | null;
  village: string | null;
  phone: string | null;
  note: string | null;
  duty: string;
  on_duty: boolean;
  says_on_duty: boolean | null;
  home: [number, number];
}

const listed = async (keeper: Keeper) =>
  (await keeper.ask<{ responders: Listed[] }>(`${REGION}/responders`)).responders;

async function toResponders(keeper: Keeper, says: Says): Promise<void> {
  await keeper.tab(says.register).click();
  await keeper.page.locator('.register .segments').getByText(says.responders, { exact: true }).click();
  await keeper.exactly(says.add).waitFor();
}

async function bothSizes(keeper: Keeper, name: string, top?: Locator): Promise<void> {
  await keeper.picture(name);
  expect(await keeper.accessibilityFaults()).toEqual([]);
  await keeper.page.setViewportSize({ width: 390, height: 844 });
  await top?.evaluate((box) => box.scrollIntoView());
  const wide = await keeper.page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  await keeper.picture(name.replace('-', '-phone-'));
  await keeper.page.setViewportSize({ width: 1280, height: 800 });
}

for (const language of ['en', 'zh'] as const) {
  const says = SAYS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`somebody who may be called is added on the map, changed by two, and taken off (${language})`, async ({
    enter,
  }) => {
    const wang = await enter({ name: 'wang', role: 'planner' }, { locale, maps: true, bypassCSP: true });
    const { page } = wang;
    await wang.reopen('#map=15/47.14/9.52');
    await wang.mapIsDrawn();
    await toResponders(wang, says);
    await expect(page.locator('.responders')).toContainText(says.none);
    await bothSizes(wang, `${language}-responders-none`, page.locator('.responders'));

    // A tap on the map says from where they set off.
    await wang.exactly(says.add).click();
    await expect(page.getByText(says.lacks)).toBeVisible();
    await expect(wang.exactly(says.save)).toBeDisabled();
    await page.getByLabel(says.kind, { exact: true }).selectOption('volunteer');
    await wang.field(says.name).fill(says.called);
    await wang.field(says.village).fill('Vaduz');
    await wang.field(says.phone).fill('+423 777 00 01');
    await wang.field(says.duty).selectOption('hours');
    await wang.field(says.until).fill('');
    await expect(wang.exactly(says.save)).toBeDisabled();
    await wang.field(says.duty).selectOption('never');
    await wang.exactly(says.onMap).click();
    const box = await wang.map.boundingBox();
    if (box === null) throw new Error('the map is nowhere');
    await wang.map.click({ position: { x: box.width / 2, y: box.height / 2 } });
    await expect(wang.exactly(says.onMap)).toBeFocused();
    await expect(wang.exactly(says.save)).toBeEnabled();
    await bothSizes(wang, `${language}-responder-form`, page.locator('.responder-form'));
    await wang.exactly(says.save).click();
    await expect(wang.toast).toContainText(says.isOn(says.called));
    await expect(wang.exactly(says.add)).toBeFocused();
    const [made] = await listed(wang);
    expect(made).toMatchObject({ name: says.called, village: 'Vaduz', duty: 'never', on_duty: false });
    // The view's middle is in the middle of what the panel leaves free.
    expect(Math.hypot((made?.home[0] ?? 0) - 9.52, (made?.home[1] ?? 0) - 47.14)).toBeLessThan(0.01);

    const row = page.locator('.responder', { hasText: says.called });
    await expect(row.locator('.responder-off')).toContainText(says.off);
    await expect(row.getByRole('link')).toHaveAttribute('href', 'tel:+4237770001');

    // Switched on, whatever the hour; the other browser learns of it by itself.
    const li = await enter({ name: 'li', role: 'planner' }, { locale });
    await toResponders(li, says);
    const lis = li.page.locator('.responder', { hasText: says.called });
    await expect(lis.locator('.responder-off')).toBeVisible();
    await row.getByRole('button', { name: says.turnOn, exact: true }).click();
    await expect(row.locator('.responder-on')).toContainText(says.on);
    await expect(lis.locator('.responder-on')).toContainText(says.on);
    expect((await listed(wang))[0]?.says_on_duty).toBe(true);
    await page.getByLabel(says.find).fill('vadu');
    await expect(page.getByText(says.found)).toBeVisible();
    await page.getByLabel(says.find).fill('nowhere');
    await expect(page.getByText(says.foundNone)).toBeVisible();
    await page.getByLabel(says.find).fill('');
    await bothSizes(wang, `${language}-responders`, row);

    // Two describe the same one: both versions are shown to whoever is slower.
    await wang.exactly(says.edit(says.called)).click();
    await li.exactly(says.edit(says.called)).click();
    await li.field(says.note).fill('by li');
    await li.field(says.village).fill('Triesen');
    await li.field(says.village).press('Enter');
    await expect(li.toast).toContainText(says.saved(says.called));
    await wang.field(says.note).fill('by wang');
    await wang.exactly(says.save).click();
    const dialog = page.getByRole('dialog', { name: says.conflict });
    await expect(dialog.locator('tbody tr')).toHaveCount(2);
    await expect(dialog).toContainText('by li');
    await expect(dialog).toContainText('Triesen');
    await bothSizes(wang, `${language}-responder-conflict`);
    await dialog.getByRole('button', { name: says.writeMine, exact: true }).click();
    await expect(wang.exactly(says.edit(says.called))).toBeFocused();
    // What one has not touched stays theirs.
    expect((await listed(wang))[0]).toMatchObject({ note: 'by wang', village: 'Triesen' });

    // Off the list, while somebody else still describes them.
    await li.exactly(says.edit(says.called)).click();
    await li.field(says.note).fill('by li again');
    await wang.exactly(says.remove(says.called)).click();
    await bothSizes(wang, `${language}-responder-remove`, row);
    await wang.exactly(says.takeOff).click();
    await expect(wang.toast).toContainText(says.isOff(says.called));
    await expect(page.locator('.responders')).toContainText(says.none);
    await li.exactly(says.save).click();
    await expect(li.dialog).toContainText(says.gone);
    await li.dialog.getByRole('button', { name: says.close, exact: true }).last().click();
    await expect(li.page.locator('.responders')).toContainText(says.none);
    expect(await listed(wang)).toEqual([]);
    expect([...wang.faults, ...li.faults]).toEqual([]);
  });
}

test('nobody but dispatchers and planners is told who may be called', async ({ enter }) => {
  for (const role of ['volunteer', null] as const) {
    const other = await enter({ name: 'walks-only', role });
    const asked: string[] = [];
    other.page.on('request', (request) => asked.push(request.url()));
    await other.reopen('');
    await expect(other.tab(SAYS.en.register)).toHaveCount(0);
    await expect(other.ask(`${REGION}/responders`)).rejects.toThrow(/40[13]/);
    expect(asked.filter((url) => url.includes('/responders'))).toHaveLength(1);
  }
});
