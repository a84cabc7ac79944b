// A file of equipment from the hand to the register: dropped on the map or chosen, looked at, imported, taken back.
import { expect, type Keeper, test } from './test.ts';

const SAYS = {
  en: {
    register: /^Register/,
    drop: 'Drop the file: you will see what it does first',
    imports: 'Import 2 pieces',
    done: '2 pieces imported',
    duplicate: /^Already there/,
    history: 'History',
    imported: /imported · 1 added, 1 changed/,
    undone: 'Undone',
    pick: 'Choose a file…',
    fields: { lon: 'Longitude (x)', lat: 'Latitude (y)', id: 'Number (id)', kind: 'Kind' },
    read: 'Read it like this',
    importsOne: 'Import 1 pieces',
    damaged: 'damaged',
  },
  zh: {
    register: /^登记/,
    drop: '松开即可预览，不会立即写入',
    imports: '导入 2 件',
    done: '已导入 2 件',
    duplicate: /^3 米内已有同类器材/,
    history: '历史',
    imported: /已导入 · 新增 1，变更 1/,
    undone: '已撤销',
    pick: '选择文件…',
    fields: { lon: '经度（x）', lat: '纬度（y）', id: '编号', kind: '种类' },
    read: '按此读取',
    importsOne: '导入 1 件',
    damaged: '损坏',
  },
} as const;

interface Piece {
  geometry: { coordinates: [number, number] };
  properties: { kind: string; condition: string };
}

const piece = (keeper: Keeper, id: string) =>
  keeper.ask<Piece>(`/api/v1/regions/liechtenstein/equipment/${id}`);

for (const language of ['en', 'zh'] as const) {
  const says = SAYS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`a file is dropped on the map, looked at, imported and taken back (${language})`, async ({
    enter,
  }) => {
    const id = language === 'zh' ? 'LI-023' : 'LI-022';
    const name = `${language}-rounds.csv`;
    const wang = await enter({ name: 'wang', role: 'planner' }, { locale, bypassCSP: true, maps: true });
    const before = await piece(wang, id);
    const [lon, lat] = before.geometry.coordinates;
    const csv = [
      'id,kind,lon,lat,condition',
      `${id},${before.properties.kind},${lon},${lat},${says.damaged}`,
      `${language}-new,jacket,${lon},${lat},`,
      `${language}-again,jacket,${lon},${lat},`,
    ].join('\n');
    const dragged = (type: 'dragover' | 'drop') =>
      wang.page.evaluate(
        ([type, name, csv]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([csv], name));
          dispatchEvent(new DragEvent(type, { dataTransfer, cancelable: true, bubbles: true }));
        },
        [type, name, csv] as const,
      );
    // Whoever may is shown where to let go; until the page knows who that is, nothing happens.
    await wang.tab(says.register).waitFor();
    await dragged('dragover');
    await expect(wang.page.locator('body')).toHaveAttribute('data-drop', says.drop);
    await dragged('drop');
    const panel = wang.page.locator('.import');
    await expect(panel.getByRole('button', { name: says.imports })).toBeVisible();
    await expect(panel.locator('.is-added b')).toHaveText('1');
    await expect(panel.locator('.is-skipped b')).toHaveText('1');
    await panel.locator('summary').filter({ hasText: says.duplicate }).click();
    await wang.picture(`${language}-import`);
    expect(await wang.accessibilityFaults()).toEqual([]);
    await wang.page.setViewportSize({ width: 390, height: 844 });
    const wide = await wang.page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await wang.picture(`${language}-phone-import`);
    await wang.page.setViewportSize({ width: 1280, height: 800 });
    expect((await piece(wang, id)).properties).toEqual(before.properties);

    await panel.getByRole('button', { name: says.imports }).click();
    await expect(wang.toast).toContainText(says.done);
    expect((await piece(wang, id)).properties.condition).toBe('damaged');
    await wang.page.locator('.register .segments').getByText(says.history, { exact: true }).click();
    const first = wang.page.locator('.history > li').first();
    await expect(first).toContainText(name);
    await expect(first).toContainText(says.imported);
    await wang.page.keyboard.press('Control+z');
    await expect(wang.toast).toContainText(says.undone);
    expect((await piece(wang, id)).properties).toEqual(before.properties);
  });

  test(`a table whose columns nobody knows is read as somebody says (${language})`, async ({ enter }) => {
    const wang = await enter({ name: 'wang', role: 'planner' }, { locale, bypassCSP: true });
    const known = await piece(wang, 'LI-024');
    const [lon, lat] = known.geometry.coordinates;
    const csv = `牌号,器具,横,竖,巡\n${language}-odd,jacket,${lon},${lat},王\n`;
    await wang.tab(says.register).click();
    const chosen = wang.page.waitForEvent('filechooser');
    await wang.page.getByText(says.pick, { exact: true }).click();
    await (await chosen).setFiles({ name: 'odd.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    const panel = wang.page.locator('.import');
    const field = (name: string) => panel.getByLabel(name, { exact: true });
    const read = panel.getByRole('button', { name: says.read });
    await expect(read).toBeDisabled();
    expect(await wang.accessibilityFaults()).toEqual([]);
    await wang.picture(`${language}-import-columns`);
    await field(says.fields.lon).selectOption('横');
    await field(says.fields.lat).selectOption('竖');
    await field(says.fields.id).selectOption('牌号');
    await field(says.fields.kind).selectOption('器具');
    // By the keyboard alone, and what comes has the focus.
    await read.press('Enter');
    await expect(panel.getByRole('button', { name: says.importsOne })).toBeVisible();
    await expect(panel).toBeFocused();
    await wang.page.setViewportSize({ width: 390, height: 844 });
    const wide = await wang.page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await wang.page.setViewportSize({ width: 1280, height: 800 });
    await panel.getByRole('button', { name: says.importsOne }).click();
    await expect(wang.toast).toContainText(/1/);
    expect((await piece(wang, `${language}-odd`)).properties.kind).toBe('jacket');
    await wang.page.keyboard.press('Control+z');
    await expect(wang.toast).toContainText(says.undone);
  });
}
