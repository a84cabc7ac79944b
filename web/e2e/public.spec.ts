// The public pages on a phone, in both languages: calls first, readable without a script, turned by the phone after a tap.
import { PUBLIC } from './phone.ts';
import { expect, test } from './test.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** A piece that works, and one that is gone, in the sample region. */
const [WORKS, GONE] = ['LI-002', 'LI-036'];

for (const language of ['zh', 'en'] as const) {
  const says = PUBLIC[language];
  const phone = { ...PHONE, locale: says.locale };

  test(`a label's page is whole in one request, and calls come first (${language})`, async ({ scan }) => {
    const visitor = await scan(phone);
    const { address } = await visitor.label(WORKS);
    await visitor.open(address);
    await expect(visitor.page.locator('html')).toHaveAttribute('lang', says.tag);
    await visitor.page.keyboard.press('Tab');
    await expect(visitor.calls.first()).toBeFocused();
    await expect(visitor.calls.first()).toHaveAttribute('href', 'tel:117');
    for (const box of await Promise.all((await visitor.calls.all()).map((call) => call.boundingBox())))
      expect(box?.height).toBeGreaterThanOrEqual(64);
    const last = await visitor.calls.last().boundingBox();
    expect((last?.y ?? 999) + (last?.height ?? 0)).toBeLessThan(844);
    await expect(visitor.near).toHaveCount(3);
    expect(visitor.asked.filter((asked) => !asked.startsWith('data:'))).toEqual([address]);
    await visitor.picture(`${language}-public`);
    await visitor.page.setViewportSize({ width: 320, height: 640 });
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await visitor.picture(`${language}-public-narrow`);
    await visitor.page.getByRole('link', { name: says.otherLanguage }).click();
    await expect(visitor.page.locator('html')).not.toHaveAttribute('lang', says.tag);
    expect(visitor.faults).toEqual([]);
  });

  test(`a piece that is gone says so first (${language})`, async ({ scan }) => {
    const visitor = await scan({ ...phone, colorScheme: 'dark' });
    await visitor.open((await visitor.label(GONE)).address);
    await expect(visitor.page.locator('main > :first-child')).toHaveText(says.missing);
    await visitor.picture(`${language}-public-gone-dark`);
    expect(visitor.faults).toEqual([]);
  });

  test(`without a script there are the calls, the place and the list (${language})`, async ({ scan }) => {
    const visitor = await scan({ ...phone, javaScriptEnabled: false });
    await visitor.open((await visitor.label(WORKS)).address);
    await expect(visitor.calls).toHaveCount(2);
    await expect(visitor.near).toHaveCount(3);
    await expect(visitor.near.first().locator('.far')).toHaveText(says.onFoot);
    await expect(visitor.page.getByText(says.needsScript)).toBeVisible();
    await expect(visitor.page.locator('button:visible, form:visible')).toHaveCount(0);
    await visitor.picture(`${language}-public-no-script`);
  });

  test(`the meters and the arrows follow the phone (${language})`, async ({ scan }) => {
    const sensors = ['accelerometer', 'gyroscope', 'magnetometer'];
    const visitor = await scan({ ...phone, permissions: ['geolocation', ...sensors] });
    const { address, at } = await visitor.label(WORKS);
    const [longitude, latitude] = at;
    const stand = (accuracy: number, north = 0) =>
      visitor.page.context().setGeolocation({ longitude, latitude: latitude + north, accuracy });
    await stand(5, 0.001);
    await visitor.open(address);
    const first = visitor.near.first();
    const arrow = () => first.locator('g').getAttribute('transform');
    const before = await arrow();
    await visitor.button(says.guide).tap();
    await expect(visitor.place).toHaveText(says.placed);
    await expect(first.locator('.far')).toHaveText(says.straight);
    await expect(first.locator('.from')).toBeVisible();
    expect(await arrow()).not.toBe(before);
    const far = await first.locator('.far').textContent();

    await stand(5, 0.002);
    await expect(first.locator('.far')).not.toHaveText(far ?? '');
    await visitor.picture(`${language}-public-placed`);

    // A heading that counts from anywhere turns nothing; one from the north turns the dials against it.
    await visitor.point('deviceorientation', 90);
    await expect(visitor.compass).toHaveText(says.north, { timeout: 8000 });
    const turned = () => first.locator('svg').evaluate((svg) => svg.style.transform);
    expect(await turned()).toBe('');
    await visitor.point('deviceorientationabsolute', 90);
    await expect(visitor.compass).toHaveText(says.turn);
    expect(await turned()).toBe('rotate(-270deg)');

    await stand(80, 0.002);
    await expect(visitor.place).toHaveText(says.poor);
    await expect(first.locator('.far')).toHaveText(says.onFoot);
    expect(await arrow()).toBe(before);
    expect(visitor.faults).toEqual([]);
  });

  test(`a location that is refused is said, and the piece stays where one starts (${language})`, async ({
    scan,
  }) => {
    const visitor = await scan(phone);
    await visitor.open((await visitor.label(WORKS)).address);
    await visitor.page.evaluate(() => {
      const refuse = (_: unknown, refused: (fault: object) => void) => refused({ code: 1 });
      Object.defineProperty(navigator.geolocation, 'watchPosition', { value: refuse });
    });
    await visitor.button(says.guide).tap();
    await expect(visitor.place).toHaveText(says.refused);
    await expect(visitor.near.first().locator('.far')).toHaveText(says.onFoot);
    await expect(visitor.compass).toHaveText(says.north, { timeout: 8000 });
  });

  test(`a location that does not come is given up after eight seconds (${language})`, async ({ scan }) => {
    const visitor = await scan(phone);
    await visitor.page.clock.install();
    await visitor.open((await visitor.label(WORKS)).address);
    await visitor.page.evaluate(() => {
      Object.defineProperty(navigator.geolocation, 'watchPosition', { value: () => 1 });
    });
    await visitor.button(says.guide).tap();
    await visitor.page.clock.fastForward(7000);
    await expect(visitor.place).not.toHaveText(says.unplaced);
    await visitor.page.clock.fastForward(1100);
    await expect(visitor.place).toHaveText(says.unplaced, { timeout: 500 });
  });

  test(`a report gets its number, and the place can be copied (${language})`, async ({ scan }) => {
    const visitor = await scan({ ...phone, permissions: ['clipboard-read', 'clipboard-write'] });
    const { address } = await visitor.label(language === 'zh' ? 'LI-004' : 'LI-001');
    await visitor.open(address);
    await visitor.page.locator('#copy').tap();
    await expect(visitor.page.locator('#copy')).toHaveText(says.copied);
    const copied = await visitor.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(address.slice(3));
    expect(copied).toMatch(/\n47\.\d{6}, 9\.\d{6} \(WGS-84\)$/);

    await visitor.radio(says.other).check();
    await visitor.button(says.send).tap();
    await expect(visitor.reported).toHaveText(says.needed);
    await visitor.radio(says.broken).check();
    await visitor.page.getByLabel(says.note).fill('<b>rope</b> torn');
    await visitor.picture(`${language}-public-report`);
    await visitor.button(says.send).tap();
    await expect(visitor.reported).toHaveText(says.recorded);
    await expect(visitor.page.locator('#report')).toBeHidden();
    await expect(visitor.page.locator('.urgent a')).toHaveCount(2);
    expect(visitor.faults).toEqual([]);
  });

  test(`without a code, the phone's place or a typed code leads to the pieces (${language})`, async ({
    scan,
  }) => {
    const visitor = await scan({ ...phone, permissions: ['geolocation'] });
    const { address, at } = await visitor.label(WORKS);
    await visitor.page.context().setGeolocation({ longitude: at[0], latitude: at[1], accuracy: 5 });
    await visitor.open('/p');
    await visitor.button(says.find).tap();
    await expect(visitor.near).toHaveCount(3);
    await expect(visitor.near.first().locator('.far')).toHaveText(says.onFoot);
    await expect(visitor.near.first().locator('a')).toHaveAttribute('href', address);
    await visitor.picture(`${language}-public-find`);
    await visitor.page.getByLabel(says.code).fill('LI-9999-X');
    await visitor.button(says.open).tap();
    await expect(visitor.page.locator('.notice')).toHaveText(says.unknown);
    await expect(visitor.calls.first()).toHaveAttribute('href', 'tel:117');
    await visitor.picture(`${language}-public-unknown`);
    await visitor.page.getByLabel(says.code).fill(address.slice(3).toLowerCase());
    await visitor.button(says.open).tap();
    await expect(visitor.page.locator('.code')).toContainText(address.slice(3));
    expect(visitor.faults).toEqual([]);
  });

  test(`axe-core finds nothing on any public page (${language})`, async ({ scan }) => {
    const found: Record<string, string[]> = {};
    for (const colorScheme of ['light', 'dark'] as const) {
      const visitor = await scan({ ...phone, colorScheme, bypassCSP: true });
      const pages = [(await visitor.label(WORKS)).address, (await visitor.label(GONE)).address, '/p', '/p/x'];
      for (const address of pages) {
        await visitor.open(address);
        const faults = await visitor.accessibilityFaults();
        if (faults.length > 0) found[`${address} ${colorScheme}`] = faults;
      }
    }
    expect(found).toEqual({});
  });
}
