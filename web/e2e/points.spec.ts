// Rescue points: made at a place, filled with pieces, edited, given up and taken back, in both languages.
import type { Locator } from '@playwright/test';
import { expect, type Keeper, test } from './test.ts';

const POINTS = {
  en: {
    register: /^Register/,
    points: 'Rescue points',
    none: /No rescue point yet/,
    place: 'Coordinates',
    next: 'Next',
    name: 'Name',
    save: 'Save',
    saved: /is saved/,
    has: /: there$/,
    lacks: /: missing$/,
    edit: (name: string) => `Edit ${name}`,
    giveUp: (name: string) => `Retire ${name}`,
    takeOut: 'Take it out',
    isOut: (name: string) => `${name} is out of the register`,
    undone: 'Undone',
    called: 'At the mill bridge',
    calledNow: 'At the old mill bridge',
    offBank: /No bank is within 50 m/,
  },
  zh: {
    register: /^登记/,
    points: '救援点',
    none: /还没有救援点/,
    place: '坐标',
    next: '继续',
    name: '名称',
    save: '保存',
    saved: /已保存/,
    has: /：有$/,
    lacks: /：缺$/,
    edit: (name: string) => `编辑 ${name}`,
    giveUp: (name: string) => `撤下 ${name}`,
    takeOut: '撤下',
    isOut: (name: string) => `${name} 已撤下`,
    undone: '已撤销',
    called: '磨坊桥头',
    calledNow: '老磨坊桥头',
    offBank: /50 米内没有河岸/,
  },
} as const;

interface Points {
  features: { properties: { id: string; name: string; pieces: string[]; missing: string[] } }[];
}
interface Piece {
  geometry: { coordinates: [number, number] };
  properties: { kind: 'pole' | 'ring' | 'rope' | 'board' };
}

const points = async (keeper: Keeper) =>
  (await keeper.ask<Points>('/api/v1/regions/liechtenstein/rescue-points')).features.map(
    ({ properties }) => properties,
  );

for (const language of ['en', 'zh'] as const) {
  const says = POINTS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`a rescue point is made of what stands there, edited, given up and taken back (${language})`, async ({
    enter,
  }) => {
    const id = language === 'zh' ? 'LI-003' : 'LI-004';
    const wang = await enter({ name: 'wang', role: 'planner' }, { locale, bypassCSP: true });
    const { geometry } = await wang.ask<Piece>(`/api/v1/regions/liechtenstein/equipment/${id}`);
    const [lon, lat] = geometry.coordinates;
    const showPoints = async () => {
      await wang.tab(says.register).click();
      await wang.page.locator('.register .segments').getByText(says.points, { exact: true }).click();
    };
    const bothSizes = async (name: string, top?: Locator) => {
      await wang.picture(`${language}-${name}`);
      await wang.page.setViewportSize({ width: 390, height: 844 });
      if (top) await top.scrollIntoViewIfNeeded();
      const wide = await wang.page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(390);
      await wang.picture(`${language}-phone-${name}`);
      await wang.page.setViewportSize({ width: 1280, height: 800 });
    };
    await showPoints();
    await expect(wang.page.locator('.register')).toContainText(says.none);
    await bothSizes('points-none');

    await wang.field(says.place).fill(`${lat}, ${lon}`);
    await wang.exactly(says.next).click();
    await expect(wang.card.locator('.check input').first()).toBeChecked();
    await wang.field(says.name).fill(says.called);
    await bothSizes('point-form', wang.field(says.name));
    await wang.exactly(says.save).click();
    await expect(wang.toast).toContainText(says.saved);
    await expect(wang.card.getByRole('heading', { name: says.called })).toBeVisible();
    await expect(wang.card.locator('.desk-four li').filter({ hasText: says.lacks })).not.toHaveCount(0);
    await bothSizes('point-here', wang.card.locator('.desk-four'));
    const [made] = await points(wang);
    expect(made?.name).toBe(says.called);
    expect(made?.pieces).toContain(id);

    await wang.page.keyboard.press('Escape');
    await showPoints();
    const row = wang.page.locator('.desk-rows .desk-point');
    await expect(row.locator('.desk-four li')).toHaveCount(4);
    await expect(row.locator('.desk-four li').filter({ hasText: says.has })).not.toHaveCount(0);
    await bothSizes('points', row);
    await row.getByRole('button', { name: says.called, exact: true }).click();
    await expect(wang.card.getByRole('heading', { name: says.called })).toBeVisible();

    await wang.exactly(says.edit(says.called)).click();
    await wang.field(says.name).fill(says.calledNow);
    const checked = wang.card.locator('.check input:checked');
    while (0 < (await checked.count())) await checked.first().click();
    await wang.exactly(says.save).click();
    await expect(wang.card.getByRole('heading', { name: says.calledNow })).toBeVisible();
    expect(await points(wang)).toMatchObject([{ name: says.calledNow, pieces: [] }]);
    await wang.page.keyboard.press('Control+z');
    await expect(wang.card.getByRole('heading', { name: says.called, exact: true })).toBeVisible();
    expect(await points(wang)).toMatchObject([{ name: says.called, pieces: made?.pieces }]);

    await wang.exactly(says.giveUp(says.called)).click();
    await bothSizes('point-give-up');
    await wang.dialog.getByRole('button', { name: says.takeOut, exact: true }).click();
    // Only what the page has told of can be taken back.
    await expect(wang.toast).toContainText(says.isOut(says.called));
    expect(await points(wang)).toEqual([]);
    await wang.page.keyboard.press('Control+z');
    await expect(wang.toast).toContainText(says.undone);
    // The toast of the step before says the same.
    await expect.poll(() => points(wang)).toMatchObject([{ name: says.called }]);
    await showPoints();
    expect(await wang.accessibilityFaults()).toEqual([]);
    await wang.exactly(says.giveUp(says.called)).click();
    await wang.dialog.getByRole('button', { name: says.takeOut, exact: true }).click();
    await expect(wang.page.locator('.register')).toContainText(says.none);
    expect(wang.faults).toEqual([]);
  });

  test(`two planners at one rescue point: what one has said is shown to the other (${language})`, async ({
    enter,
  }) => {
    const id = language === 'zh' ? 'LI-005' : 'LI-006';
    const wang = await enter({ name: 'wang', role: 'planner' }, { locale });
    const { geometry } = await wang.ask<Piece>(`/api/v1/regions/liechtenstein/equipment/${id}`);
    const [lon, lat] = geometry.coordinates;
    await wang.tab(says.register).click();
    await wang.page.locator('.register .segments').getByText(says.points, { exact: true }).click();
    // High up in the mountains nobody falls into a river: what is wrong is said at the form.
    await wang.field(says.place).fill('47.0700, 9.5900');
    await wang.exactly(says.next).click();
    await wang.field(says.name).fill(says.called);
    await wang.exactly(says.save).click();
    await expect(wang.card).toContainText(says.offBank);
    await wang.picture(`${language}-point-off-bank`);
    await wang.field(says.place).fill(`${lat}, ${lon}`);
    await wang.page.keyboard.press('Enter');
    await wang.exactly(says.save).click();
    await expect(wang.toast).toContainText(says.saved);

    await wang.exactly(says.edit(says.called)).click();
    const [seen] = await points(wang);
    const path = `/api/v1/regions/liechtenstein/rescue-points/${seen?.id}`;
    await wang.ask(path, { method: 'PATCH', body: { name: 'by li' } });
    await wang.field(says.name).fill(says.calledNow);
    await wang.exactly(says.save).click();
    await expect(wang.card.locator('.note ul')).toContainText('by li');
    await wang.picture(`${language}-point-theirs`);
    expect(await points(wang)).toMatchObject([{ name: 'by li' }]);
    await wang.exactly(says.save).click();
    await expect.poll(() => points(wang)).toMatchObject([{ name: says.calledNow }]);
    await wang.ask(path, { method: 'DELETE' });
    expect(wang.faults).toEqual([]);
  });
}

test('a rescue point is put where one taps, moved by the keys, and shown on the map', async ({ enter }) => {
  const says = POINTS.en;
  const wang = await enter({ name: 'wang', role: 'planner' }, { maps: true });
  const { geometry } = await wang.ask<Piece>('/api/v1/regions/liechtenstein/equipment/LI-010');
  const [lon, lat] = geometry.coordinates;
  await wang.reopen(`#map=18/${lat}/${lon}`);
  await wang.mapIsDrawn();
  await wang.tab(says.register).click();
  await wang.page.locator('.register .segments').getByText(says.points, { exact: true }).click();
  await wang.exactly('Choose on the map').click();
  const box = await wang.map.boundingBox();
  if (box === null) throw new Error('the map is nowhere');
  // The view's middle is in the middle of what the panel leaves free.
  await wang.map.click({ position: { x: box.width / 2, y: box.height / 2 } });
  const pin = wang.page.locator('button.pin', { hasText: '✎' });
  await expect(pin).toBeVisible();
  const tapped = await wang.field(says.place).inputValue();
  await pin.focus();
  await wang.page.keyboard.press('ArrowUp');
  await expect(wang.field(says.place)).not.toHaveValue(tapped);
  const place = await wang.field(says.place).inputValue();
  await wang.field(says.name).fill(says.called);
  await wang.picture('en-point-on-map');
  await wang.exactly(says.save).click();
  await expect(wang.card.getByRole('heading', { name: says.called })).toBeVisible();
  await expect(wang.card.locator('.card-place')).toHaveText(place);
  await wang.mapIsDrawn();
  await wang.picture('en-point-shown-on-map');
  await wang.exactly(says.giveUp(says.called)).click();
  await wang.dialog.getByRole('button', { name: says.takeOut, exact: true }).click();
  await expect.poll(() => points(wang)).toEqual([]);
  expect(wang.faults).toEqual([]);
});
