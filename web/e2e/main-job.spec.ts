// The main job, from opening the page to sharing what was found, in both languages.
import { SAYS } from './planner.ts';
import { expect, test } from './test.ts';

for (const language of ['en', 'zh'] as const) {
  const says = SAYS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`a planner finds the longest gap, tries a pole and shares the view (${language})`, async ({
    open,
  }) => {
    const planner = await open({ locale });
    await planner.mapIsDrawn();
    await expect(planner.page.locator('.is-made-up').first()).toHaveText(says.madeUp);
    await expect(planner.page.locator('.panel-footer')).toContainText('OpenStreetMap');
    await planner.picture(`${language}-open`);

    await planner.chooseLongestGap(says.gaps);
    await expect(planner.card).toContainText(says.why);
    await expect(planner.page.locator('.nearest li').first()).toBeVisible();
    await planner.mapIsDrawn();
    await planner.picture(`${language}-gap`);

    const before_km = await planner.kmTooFar();
    await planner.button(says.putHere).click();
    await expect(planner.badge).toHaveText(says.fewer);
    expect(await planner.kmTooFar()).toBeLessThanOrEqual(before_km);
    const put_badge = (await planner.badge.textContent()) ?? '';
    await planner.mapIsDrawn();
    await planner.picture(`${language}-what-if`);

    const place = await planner.pinPlace('A');
    await planner.dragPin('A', 40, 60);
    await expect.poll(() => planner.pinPlace('A')).not.toBe(place);

    await planner.button(says.undoMove).click();
    await expect.poll(() => planner.pinPlace('A')).toBe(place);
    await expect(planner.badge).toHaveText(put_badge);

    const link = await planner.link();
    expect(link).toContain('try=A:');
    const other = await open({ locale, hash: link.slice(link.indexOf('#')) });
    await expect(other.badge).toHaveText(put_badge);
    expect(await other.pinPlace('A')).toBe(place);
    await other.mapIsDrawn();
    const [mine, theirs] = await Promise.all([planner.pin('A').boundingBox(), other.pin('A').boundingBox()]);
    expect(Math.abs((mine?.x ?? 0) - (theirs?.x ?? 99))).toBeLessThan(3);

    await planner.button(says.undoPut).click();
    await expect(planner.badge).toBeHidden();
    await planner.button(says.redoPut).click();
    await expect(planner.badge).toHaveText(put_badge);
    expect([...planner.faults, ...other.faults]).toEqual([]);
  });
}

test('a village is pinned by a click, and the back button lets it go', async ({ open }) => {
  const planner = await open();
  await planner.mapIsDrawn();
  const whole_km = await planner.kmTooFar();
  await planner.page.locator('.row-button').first().click();
  await expect(planner.tab(SAYS.en.gaps)).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => planner.page.url()).toContain('village=');
  expect(await planner.kmTooFar()).toBeLessThan(whole_km);
  await planner.page.goBack();
  await expect.poll(() => planner.page.url()).not.toContain('village=');
  expect(await planner.kmTooFar()).toBe(whole_km);
});

test('the limit redraws the map and then the numbers, and nothing is asked for the map', async ({ open }) => {
  const planner = await open();
  await planner.mapIsDrawn();
  const before_km = await planner.kmTooFar();
  const tiles: string[] = [];
  planner.page.on('request', (request) => {
    if (request.url().includes('/tiles/')) tiles.push(request.url());
  });
  await planner.page.locator('#limit').fill('200');
  await expect(planner.page.locator('.legend')).toContainText('up to 200 m');
  await expect.poll(() => planner.kmTooFar()).toBeLessThan(before_km);
  await expect.poll(() => planner.page.url()).toContain('limit=200');
  expect(tiles).toEqual([]);
  await planner.picture('en-limit-200');
});

test('banks and villages become fainter by the keyboard, and a link keeps it', async ({ open }) => {
  const planner = await open();
  await planner.mapIsDrawn();
  await planner.button(SAYS.en.layers).click();
  const slider = planner.page.getByRole('slider', { name: SAYS.en.opacity });
  await slider.focus();
  for (let presses = 0; presses < 5; presses += 1) await planner.page.keyboard.press('ArrowLeft');
  await expect.poll(() => planner.page.url()).toContain('opacity=50');
  await planner.mapIsDrawn();
  await planner.picture('en-faint');
  await planner.reopen(new URL(planner.page.url()).hash);
  await planner.button(SAYS.en.layers).click();
  await expect(slider).toHaveValue('50');
  expect(planner.faults).toEqual([]);
});

test('what is seen can be taken away as files and on paper', async ({ open }) => {
  const planner = await open();
  await planner.mapIsDrawn();
  for (const [name, file] of [
    ['Villages (CSV)', /villages-50m\.csv$/],
    ['Stretches too far (CSV)', /gaps-50m\.csv$/],
    ['Stretches and what-ifs (GeoJSON)', /\.geojson$/],
    ['Map picture (PNG)', /png-50m\.png$/],
  ] as const) {
    await planner.page.locator('.menu summary').click();
    const download = planner.page.waitForEvent('download');
    await planner.button(name).click();
    expect((await download).suggestedFilename()).toMatch(file);
  }
  await planner.button('Print').click();
  await expect(planner.page.locator('.paper-gaps tbody tr')).toHaveCount(10);
  await expect(planner.page.locator('.paper-map img')).toBeVisible();
  await planner.page.emulateMedia({ media: 'print' });
  await planner.page.pdf({ path: 'shots/print.pdf', preferCSSPageSize: true, printBackground: true });
  expect(planner.faults).toEqual([]);
});

test('the code on paper is the link to what is seen', async ({ openWithoutMaps }) => {
  // As fine as a printer: a code has many small squares.
  const planner = await openWithoutMaps({ deviceScaleFactor: 4 });
  await planner.chooseLongestGap(SAYS.en.gaps);
  await planner.button(SAYS.en.putHere).click();
  await expect(planner.badge).toHaveText(SAYS.en.fewer);
  const link = await planner.link();
  expect(link).toContain('try=A:pole');
  await planner.button(SAYS.en.print).click();
  await planner.page.emulateMedia({ media: 'print' });
  await expect(planner.page.getByRole('img', { name: 'QR code' })).toBeVisible();
  await expect(planner.page.locator('.paper-link')).toContainText(link);
  expect(await planner.codeOnPaper()).toBe(link);
  expect(planner.faults).toEqual([]);
});
