// Signing in, and two planners at one register, in both languages.
import { KEEPS } from './keeper.ts';
import { ADMINISTRATOR, expect, Keeper, Program, test } from './test.ts';

for (const language of ['en', 'zh'] as const) {
  const says = KEEPS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`the printed link makes the first account, once (${language})`, async ({
    browser,
    contextOptions,
  }) => {
    const own = new Program(19_200 + Math.floor(Math.random() * 400));
    await own.start();
    const invitation = await own.invitation();
    const context = await browser.newContext({ ...contextOptions, locale });
    try {
      const keeper = new Keeper(await context.newPage(), own.url);
      await keeper.open(`#invitation=${invitation}`, true);
      await expect(keeper.dialog).toContainText(says.invitedAs);
      expect(keeper.page.url()).not.toContain('invitation');
      await keeper.field(says.name).fill(ADMINISTRATOR.name);
      await keeper.field(says.newPassword).fill(ADMINISTRATOR.password);
      await keeper.field(says.again).fill(ADMINISTRATOR.password);
      await keeper.picture(`${language}-invitation`);
      await keeper.exactly(says.takeUp).click();
      await expect(keeper.dialog).toBeHidden();
      await expect(keeper.account).toContainText(ADMINISTRATOR.name);

      await keeper.account.click();
      await keeper.exactly(says.signOut).click();
      await keeper.exactly(says.signIn).click();
      await keeper.field(says.name).fill(ADMINISTRATOR.name);
      await keeper.field(says.password).fill('not the right one');
      await keeper.page.keyboard.press('Enter');
      await expect(keeper.dialog).toContainText(says.wrongPassword);
      await keeper.picture(`${language}-sign-in`);
      await keeper.field(says.password).fill(ADMINISTRATOR.password);
      await keeper.page.keyboard.press('Enter');
      await expect(keeper.account).toContainText(ADMINISTRATOR.name);

      await keeper.page.goto('about:blank');
      await keeper.open(`#invitation=${invitation}`, true);
      await expect(keeper.dialog).toContainText(says.usedUp);
      expect(keeper.faults).toEqual([]);
    } finally {
      await context.close();
      await own.stop();
    }
  });

  test(`two planners at one pole see both versions, and neither is lost (${language})`, async ({ enter }) => {
    const id = language === 'zh' ? 'LI-003' : 'LI-004';
    const [wang, li] = [
      await enter({ name: 'wang', role: 'planner' }, { locale, hash: `#sel=piece:${id}` }),
      await enter({ name: 'li', role: 'planner' }, { locale, hash: `#sel=piece:${id}` }),
    ];
    await wang.beginNote(says, 'by wang');
    await li.beginNote(says, 'by li');
    await li.field(says.condition).selectOption('missing');
    await li.exactly(says.save).click();
    await expect(li.card.locator('.condition')).toContainText(says.missing);

    await wang.exactly(says.save).click();
    await expect(wang.dialog).toContainText(says.conflict);
    const versions = wang.dialog.locator('.versions tbody');
    await expect(versions).toContainText('by li');
    await expect(versions).toContainText('by wang');
    await expect(versions).toContainText(says.missing);
    await wang.picture(`${language}-conflict`);
    expect(await wang.piece(id)).toMatchObject({ note: 'by li', condition: 'missing' });

    await wang.exactly(says.editAgain).click();
    await expect(wang.field(says.condition)).toHaveValue('missing');
    await wang.field(says.note).fill('by li, and seen by wang');
    await wang.exactly(says.save).click();
    await expect(wang.card.locator('.facts')).toContainText('seen by wang');
    await expect(li.card.locator('.facts')).toContainText('seen by wang');
    expect(await li.piece(id)).toMatchObject({ note: 'by li, and seen by wang', condition: 'missing' });

    // What was done last is taken back by the key, and the other page follows.
    await wang.page.keyboard.press('Control+z');
    await expect(li.card.locator('.facts')).not.toContainText('seen by wang');
    expect(await li.piece(id)).toMatchObject({ note: 'by li', condition: 'missing' });
    expect([...wang.faults, ...li.faults]).toEqual([]);
  });

  test(`one closes a bridge, and the other's page goes another way by itself (${language})`, async ({
    enter,
  }) => {
    const li = await enter({ name: 'li', role: 'planner' }, { locale });
    const way = await li.overABridge();
    const wang = await enter(
      { name: 'wang', role: null },
      { locale, maps: true, hash: `#sel=at:${way.at.join()}` },
    );
    await wang.mapIsDrawn();
    const first = wang.page.locator('.nearest li').first();
    await expect(first).toContainText(says.crosses);
    const before = await first.textContent();
    const tiles: string[] = [];
    wang.page.on('request', (request) => {
      if (request.url().includes('/tiles/')) tiles.push(request.url());
    });

    await li.reopen(`#sel=crossing:${way.crossing}`);
    await li.exactly(says.closeCrossing).click();
    await expect(li.exactly(says.openCrossing)).toBeVisible();
    await expect(first).not.toHaveText(before ?? '');
    await expect.poll(() => tiles.length).toBeGreaterThan(0);
    await wang.mapIsDrawn();
    await wang.picture(`${language}-bridge-closed`);

    await li.exactly(says.openCrossing).click();
    await expect(first).toHaveText(before ?? '');
    expect([...wang.faults, ...li.faults]).toEqual([]);
  });

  test(`the history takes back what was done, unless it was changed since (${language})`, async ({
    enter,
  }) => {
    const id = language === 'zh' ? 'LI-005' : 'LI-006';
    const wang = await enter({ name: 'wang', role: 'planner' }, { locale, hash: `#sel=piece:${id}` });
    const { note } = await wang.piece(id);
    for (const text of ['first', 'second']) {
      await wang.beginNote(says, `${text} of ${id}`);
      await wang.exactly(says.save).click();
      await expect(wang.card.locator('.facts')).toContainText(`${text} of ${id}`);
    }
    await wang.page.keyboard.press('Escape');
    await wang.showRegister(says, 'history');
    const entries = wang.page.locator('.history > li');
    await expect(entries.nth(0)).toContainText(`first of ${id} → second of ${id}`);
    await entries.nth(1).getByRole('button').click();
    await expect(entries.nth(1)).toContainText(says.changedSince);
    await wang.picture(`${language}-history`);
    await entries.nth(0).getByRole('button').click();
    await expect(entries.nth(0)).toContainText(`second of ${id} → first of ${id}`);
    expect((await wang.piece(id)).note).toBe(`first of ${id}`);
    await entries.nth(2).getByRole('button').click();
    await expect.poll(async () => (await wang.piece(id)).note).toBe(note);
    expect(wang.faults).toEqual([]);
  });
}

for (const language of ['en', 'zh'] as const) {
  const says = KEEPS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`a report of a missing pole is looked into by a planner (${language})`, async ({ enter }) => {
    const id = language === 'zh' ? 'LI-011' : 'LI-012';
    const hash = `#sel=piece:${id}`;
    const wang = await enter({ name: 'wang', role: 'planner' }, { locale, hash });
    await wang.ask(`/api/v1/regions/liechtenstein/equipment/${id}`, {
      method: 'PATCH',
      body: { condition: 'usable' },
    });
    const condition = wang.card.locator('.condition');
    await expect(condition).toContainText(says.working);

    const volunteer = await enter({ name: 'fang', role: 'volunteer' }, { locale, hash });
    await volunteer.reportMissing(says, 'only the hook is left');
    await expect(volunteer.dialog).toContainText(says.heeded);
    await expect(volunteer.exactly(says.edit)).toBeHidden();
    await expect(condition).toContainText(says.missing);

    await wang.page.keyboard.press('Escape');
    await wang.showRegister(says, 'reports');
    const reports = wang.page.locator('.register .history > li');
    await expect(reports.first()).toContainText('only the hook is left');
    await expect(reports.first()).toContainText('fang');
    await wang.picture(`${language}-reports`);
    await reports.first().getByRole('button', { name: says.reject, exact: true }).click();
    await expect(wang.page.locator('.register')).toContainText(says.noReports);
    expect((await wang.piece(id)).condition).toBe('usable');

    // A stranger's changes nothing until it is confirmed, and comes up by itself.
    const stranger = await enter({ name: '', role: null }, { locale, hash });
    await stranger.reportMissing(says, 'gone since yesterday');
    await expect(stranger.dialog).toContainText(says.waits);
    expect((await wang.piece(id)).condition).toBe('usable');
    await expect(reports.first()).toContainText('gone since yesterday');
    await reports.first().getByRole('button', { name: says.confirm, exact: true }).click();
    await expect(stranger.card.locator('.condition')).toContainText(says.missing);
    expect([...wang.faults, ...volunteer.faults, ...stranger.faults]).toEqual([]);
  });
}

for (const language of ['en', 'zh'] as const) {
  const says = KEEPS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`a stranger's photos come with the report, and a planner looks at them (${language})`, async ({
    enter,
  }) => {
    const id = language === 'zh' ? 'LI-013' : 'LI-014';
    const hash = `#sel=piece:${id}`;
    const viewport = { width: 390, height: 844 };
    const stranger = await enter({ name: '', role: null }, { locale, hash, viewport });
    const photos = [
      await stranger.photo('a.jpg', 4000, 3000),
      await stranger.photo('b.jpg', 900, 1600),
      await stranger.photo('c.jpg', 40, 30),
    ];
    await stranger.beginReport(says, 'look at this', photos);
    await expect(stranger.dialog.getByLabel(says.addPhotos)).toBeHidden();
    await stranger.exactly(says.removePhoto).click();
    await expect(stranger.dialog.locator('.report-photos img')).toHaveCount(2);
    const text = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') };
    await stranger.dialog.getByLabel(says.addPhotos).setInputFiles(text);
    await expect(stranger.dialog).toContainText(says.noPicture);
    await stranger.dialog.getByLabel(says.addPhotos).scrollIntoViewIfNeeded();
    await stranger.picture(`${language}-report-photos`);
    await stranger.sendReport(says);
    await expect(stranger.dialog).toContainText(says.photosSent);
    await stranger.picture(`${language}-report-photos-sent`);

    const wang = await enter({ name: 'wang', role: 'planner' }, { locale });
    await wang.showRegister(says, 'reports');
    const report = wang.page.locator('.register .history > li').filter({ hasText: 'look at this' });
    await expect(report.locator('img')).toHaveCount(2);
    await report.locator('img').first().scrollIntoViewIfNeeded();
    await expect
      .poll(() =>
        report
          .locator('img')
          .first()
          .evaluate((img: HTMLImageElement) => img.naturalWidth),
      )
      .toBe(2048);
    await wang.picture(`${language}-photos`);
    await report.getByRole('button', { name: says.photoLarge }).press('Enter');
    await expect(wang.dialog.locator('img')).toBeVisible();
    await wang.picture(`${language}-photo-large`);
    await wang.page.keyboard.press('Escape');
    await expect(report.getByRole('button', { name: says.photoLarge })).toBeFocused();
    await report.getByRole('button', { name: says.reject, exact: true }).click();
    expect([...wang.faults, ...stranger.faults]).toEqual([]);
  });

  test(`a photo that does not arrive is sent again, and the report has arrived without it (${language})`, async ({
    enter,
  }) => {
    const hash = `#sel=piece:${language === 'zh' ? 'LI-013' : 'LI-014'}`;
    const volunteer = await enter({ name: 'fang', role: 'volunteer' }, { locale, hash, bypassCSP: true });
    const photos = /\/reports\/\d+\/photos$/;
    await volunteer.page.route(photos, (route) => route.abort());
    await volunteer.beginReport(says, 'no line', [await volunteer.photo('a.jpg', 400, 300)]);
    expect(await volunteer.accessibilityFaults()).toEqual([]);
    await volunteer.sendReport(says);
    await expect(volunteer.dialog).toContainText(says.photosFailed);
    await expect(volunteer.dialog).toContainText(says.heeded);
    expect(await volunteer.accessibilityFaults()).toEqual([]);
    await volunteer.picture(`${language}-report-photo-failed`);
    await volunteer.page.unroute(photos);
    await volunteer.exactly(says.photoRetry).click();
    await expect(volunteer.dialog).toContainText(says.photoSent);
  });
}

test('a piece is put up by a tap, dragged to its place, and taken out again', async ({ enter }) => {
  const says = KEEPS.en;
  const wang = await enter({ name: 'wang', role: 'planner' }, { maps: true, hash: '#map=16/47.1669/9.5069' });
  await wang.mapIsDrawn();
  await wang.tab(/^Register/).click();
  await wang.exactly('Choose on the map').click();
  await wang.map.click({ position: { x: 420, y: 380 } });
  const pin = wang.page.locator('button.pin', { hasText: '✎' });
  await expect(pin).toBeVisible();
  const place = await wang.field('Coordinates').inputValue();
  const box = await pin.boundingBox();
  if (box === null) throw new Error('the pin is nowhere');
  const { mouse } = wang.page;
  await mouse.move(box.x + 22, box.y + 20);
  await mouse.down();
  await mouse.move(box.x + 62, box.y + 50, { steps: 6 });
  await mouse.up();
  await expect(wang.field('Coordinates')).not.toHaveValue(place);
  await pin.focus();
  const dragged = await wang.field('Coordinates').inputValue();
  await wang.page.keyboard.press('Shift+ArrowUp');
  await expect(wang.field('Coordinates')).not.toHaveValue(dragged);
  await wang.field('Name or landmark').fill('by the footbridge');
  await wang.picture('en-new-piece');
  await wang.exactly(says.save).click();
  await expect(wang.card.locator('.facts')).toContainText('by the footbridge');
  await wang.exactly(says.retire).click();
  await wang.exactly(says.retireDo).click();
  await expect(wang.toast).toContainText('is out of the register');
  await expect(wang.card).toBeHidden();
  expect(wang.faults).toEqual([]);
});

for (const language of ['en', 'zh'] as const) {
  const says = KEEPS[language];
  test(`axe-core finds nothing in what signed-in people see (${language})`, async ({ enter }) => {
    const locale = language === 'zh' ? 'zh-CN' : 'en';
    const wang = await enter(
      { name: 'wang', role: 'planner' },
      { locale, bypassCSP: true, hash: '#sel=piece:LI-007' },
    );
    const found: Record<string, string[]> = {};
    const look = async (view: string) => {
      const faults = await wang.accessibilityFaults();
      if (faults.length > 0) found[view] = faults;
    };
    await expect(wang.exactly(says.edit)).toBeVisible();
    await look('a piece');
    await wang.exactly(says.retire).click();
    await wang.dialog.waitFor();
    await look('taking out');
    await wang.page.keyboard.press('Escape');
    await wang.exactly(says.edit).click();
    await wang.field(says.note).waitFor();
    await look('editing');
    await wang.page.setViewportSize({ width: 390, height: 844 });
    await look('editing on a phone');
    const wide = await wang.page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await wang.picture(`${language}-phone-edit`);
    await wang.page.setViewportSize({ width: 1280, height: 800 });
    await wang.reopen('');
    await wang.showRegister(says, 'crossings');
    await wang.page.locator('.desk-rows li').first().waitFor();
    await look('crossings');
    await wang.page.locator('.register .segments').getByText(says.history, { exact: true }).click();
    await wang.page.locator('.register .history, .register .empty').first().waitFor();
    await look('history');
    for (const view of ['inspections', 'reports', 'waters'] as const) {
      await wang.page.locator('.register .segments').getByText(says[view], { exact: true }).click();
      await wang.page.locator('.register :is(.desk-rows, .history, .empty)').first().waitFor();
      await look(view);
      await wang.picture(`${language}-${view}`);
    }
    await wang.account.click();
    await look('account');
    await wang.page.keyboard.press('Escape');
    expect(found).toEqual({});
  });
}
