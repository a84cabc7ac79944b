// The page for everybody: keyboard alone, a phone, no maps, a lost connection, and what axe-core finds.
import { SAYS } from './planner.ts';
import { expect, Program, test } from './test.ts';

test('the keyboard alone does the whole job', async ({ open }) => {
  const planner = await open();
  await planner.mapIsDrawn();
  const { keyboard } = planner.page;

  await keyboard.press('/');
  await keyboard.type('vad');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowUp');
  await keyboard.press('Enter');
  await expect.poll(() => planner.page.url()).toContain('village=');

  await planner.gapsListed.first().waitFor();
  await planner.tab(SAYS.en.gaps).focus();
  await keyboard.press('Tab');
  await expect(planner.gapsListed.first().getByRole('button')).toBeFocused();
  await keyboard.press('Enter');
  await expect(planner.card).toContainText('Why');
  await expect(planner.card.locator('h2')).toBeFocused();
  await keyboard.press('Escape');
  await expect(planner.card).toBeHidden();

  await planner.mapIsDrawn();
  await planner.page.locator('h1').click();
  await keyboard.press('n');
  await expect(planner.page.locator('.maplibregl-canvas')).toBeFocused();
  await keyboard.press('Enter');
  await expect(planner.pin('A')).toBeVisible();
  const place = await planner.pinPlace('A');
  await planner.pin('A').focus();
  await keyboard.press('Shift+ArrowUp');
  await keyboard.press('ArrowRight');
  await expect.poll(() => planner.pinPlace('A')).not.toBe(place);
  await keyboard.press('Control+z');
  await expect.poll(() => planner.pinPlace('A')).toBe(place);
  await planner.pin('A').focus();
  await keyboard.press('Delete');
  await expect(planner.pin('A')).toBeHidden();

  await keyboard.press('?');
  await expect(planner.page.getByRole('dialog')).toContainText('Shortcuts');
  await keyboard.press('Escape');
  await expect(planner.page.getByRole('dialog')).toBeHidden();
  expect(planner.faults).toEqual([]);
});

test('a phone shows map and sheet, and does the job by taps', async ({ open }) => {
  const planner = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'zh-CN' });
  await planner.mapIsDrawn();
  await planner.picture('zh-phone-half');
  const wide = await planner.page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  await planner.button('全屏').tap();
  await planner.chooseLongestGap(SAYS.zh.gaps);
  await planner.picture('zh-phone-gap');
  await planner.button(SAYS.zh.putHere).tap();
  await expect(planner.badge).toHaveText(SAYS.zh.fewer);
  await planner.button('半屏').tap();
  await planner.mapIsDrawn();
  await planner.button('移动到…').tap();
  await planner.button('收起').tap();
  const place = await planner.page.evaluate(() => location.hash);
  await planner.map.tap({ position: { x: 200, y: 300 } });
  await expect.poll(() => planner.page.evaluate(() => location.hash)).not.toBe(place);
  await planner.picture('zh-phone-what-if');
  expect(planner.faults).toEqual([]);
});

test('without maps the lists do everything', async ({ openWithoutMaps }) => {
  const planner = await openWithoutMaps();
  await expect(planner.page.locator('.without-map')).toContainText("This browser can't show the map");
  await planner.picture('en-without-map');
  await planner.chooseLongestGap(SAYS.en.gaps);
  await expect(planner.page.locator('.nearest li').first()).toBeVisible();
  const before_km = await planner.kmTooFar();
  await planner.button(SAYS.en.putHere).click();
  await expect(planner.badge).toHaveText(SAYS.en.fewer);
  expect(await planner.kmTooFar()).toBeLessThanOrEqual(before_km);
  await planner.button('Before').click();
  expect(await planner.kmTooFar()).toBe(before_km);
  expect(planner.faults).toEqual([]);
});

test('a lost service is said, the data stays, and all comes back by itself', async ({ open }) => {
  const own = new Program(19_700);
  await own.start();
  try {
    const planner = await open({ baseURL: own.url });
    await planner.mapIsDrawn();
    const km = await planner.kmTooFar();
    await own.stop();
    await planner.page.locator('#limit').fill('100');
    const fault = planner.page.locator('.note.is-fault').first();
    await expect(fault).toContainText('Connection lost');
    await expect(planner.headline).toHaveText(new RegExp(`^${km.toFixed(1)} km`));
    await planner.picture('en-lost');
    await own.start();
    await expect(planner.page.locator('.note.is-fault')).toHaveCount(0, { timeout: 20_000 });
    await expect.poll(() => planner.kmTooFar()).toBeLessThan(km);
  } finally {
    await own.stop();
  }
});

for (const language of ['en', 'zh'] as const) {
  const says = SAYS[language];
  test(`axe-core finds nothing on any view (${language})`, async ({ open, openWithoutMaps }) => {
    const locale = language === 'zh' ? 'zh-CN' : 'en';
    const planner = await open({ locale, bypassCSP: true, hints: true });
    const found: Record<string, string[]> = {};
    const look = async (view: string, at = planner) => {
      const faults = await at.accessibilityFaults();
      if (faults.length > 0) found[view] = faults;
    };
    await planner.mapIsDrawn();
    await look('open, with hints');
    await planner.page.locator('.layers button').click();
    await look('layers');
    await planner.page.locator('.layers button').click();
    await planner.chooseLongestGap(says.gaps);
    await planner.page.locator('.nearest li').first().waitFor();
    await look('a stretch');
    await planner.button(says.putHere).click();
    await expect(planner.badge).toHaveText(says.fewer);
    await look('what-if');
    await planner.tab(says.gaps).click();
    await look('stretches');
    await planner.button(says.help).click();
    await planner.page.getByRole('dialog').waitFor();
    await look('help');
    await planner.page.keyboard.press('Escape');
    await planner.button(says.print).click();
    await planner.page.getByRole('dialog').waitFor();
    await look('print');
    await planner.page.keyboard.press('Escape');
    await planner.page.setViewportSize({ width: 390, height: 844 });
    await look('phone');
    await planner.page.setViewportSize({ width: 1280, height: 800 });
    await planner.reopen('#sel=piece:LI-002');
    await expect(planner.card.locator('.facts')).toBeVisible();
    await look('a piece');
    await planner.reopen('#sel=at:9.5069,47.1669');
    await expect(planner.card.locator('.nearest li').first()).toBeVisible();
    await expect(planner.card.getByRole('link', { name: says.wrongData })).toBeVisible();
    await look('a place');
    await look('without maps', await openWithoutMaps({ locale, bypassCSP: true }));
    expect(found).toEqual({});
  });
}
