// The map put right by a planner, in both languages: everybody's page follows.
import { KEEPS, type Keeper } from './keeper.ts';
import { expect, test } from './test.ts';

for (const language of ['en', 'zh'] as const) {
  const says = KEEPS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`a bridge that is not there is struck out, and another is drawn in its place (${language})`, async ({
    enter,
  }) => {
    const li = await enter({ name: 'li', role: 'planner' }, { locale });
    const way = await li.overABridge();
    const [lon, lat] = await placeOf(li, way.crossing);
    const wang = await enter({ name: 'wang', role: null }, { locale, hash: `#sel=at:${way.at.join()}` });
    const first = wang.page.locator('.nearest li').first();
    await expect(first).toContainText(says.crosses);
    const before = (await first.textContent()) ?? '';

    await li.reopen(`#sel=at:${lon},${lat}`);
    await li.page.getByText(says.mapWrong).click();
    await li.exactly(says.noWay).click();
    await expect(li.toast).toContainText(says.struck);
    await expect(first).not.toHaveText(before);

    await li.page.keyboard.press('Control+z');
    await expect(first).toHaveText(before);

    await li.showRegister(says, 'map');
    await expect(li.page.getByText(says.nothingPutRight)).toBeVisible();
    await li.exactly(says.bridge).click();
    for (const east of [-0.0004, 0.0004]) {
      await li.field(says.cornerAt).fill(`${lat}, ${(lon + east).toFixed(6)}`);
      await li.exactly(says.cornerAdd).click();
    }
    await li.field(says.mapName).fill(`新桥 ${language}`);
    await li.picture(`${language}-drawing`);
    await li.exactly(says.save).click();
    const rows = li.page.locator('.desk-correction');
    await expect(rows).toContainText(`新桥 ${language}`);
    await li.exactly(says.takeBack).click();
    await expect(rows).toHaveCount(0);
    await expect(first).toHaveText(before);
    expect([...wang.faults, ...li.faults]).toEqual([]);
  });
}

for (const language of ['en', 'zh'] as const) {
  const says = KEEPS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`the history takes back a turned setting and a way that was drawn (${language})`, async ({
    enter,
  }) => {
    const li = await enter({ name: 'li', role: 'planner' }, { locale });
    const region = '/api/v1/regions/liechtenstein';
    const target_m = async () =>
      (await li.ask<{ settings: { name: string; value: number }[] }>(`${region}/settings`)).settings.find(
        ({ name }) => name === 'target_m',
      )?.value;
    const n_drawn = async () =>
      (await li.ask<{ corrections: unknown[] }>(`${region}/corrections`)).corrections.length;
    const before = await target_m();
    await li.ask(`${region}/settings`, { method: 'PATCH', body: { target_m: 80 } });
    const { at } = await li.overABridge();
    const line = [at, [at[0] + 0.0004, at[1]]];
    await li.ask(`${region}/corrections`, { method: 'POST', body: { what: 'path', kind: 'footway', line } });
    expect(await n_drawn()).toBe(1);

    await li.showRegister(says, 'history');
    const entries = li.page.locator('.history > li');
    await li.picture(`${language}-history-of-settings`);
    // The latest stands above: what was taken back is an entry of its own.
    await entries.nth(0).getByRole('button').click();
    await expect.poll(n_drawn).toBe(0);
    await entries.nth(2).getByRole('button').click();
    await expect.poll(target_m).toBe(before);
    expect(li.faults).toEqual([]);
  });
}

async function placeOf(keeper: Keeper, crossing: string): Promise<[number, number]> {
  const path = `/api/v1/regions/liechtenstein/crossings/${encodeURIComponent(crossing)}`;
  return (await keeper.ask<{ geometry: { coordinates: [number, number] } }>(path)).geometry.coordinates;
}
