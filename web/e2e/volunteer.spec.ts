// An evening on a phone whose line breaks: nothing is lost, nothing counts twice. In both languages.
import { readFileSync } from 'node:fs';
import type { components } from '../api.gen.ts';
import { accessibilityFaults } from './axe.ts';
import { ADMINISTRATOR, expect, type Keeper, test } from './test.ts';
import { SAYS, Walker } from './walker.ts';

const REGION = '/api/v1/regions/liechtenstein';
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

type Job = components['schemas']['PatrolJobBody'];

/** Tonight by the region's own calendar. */
const today = () => new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Vaduz' }).format(new Date());

/** Plans an evening for one team, and publishes it. */
async function publishEvening(keeper: Keeper, team: string): Promise<void> {
  const asked = { day: today(), begins: '19:00', minutes: 60, seconds: 2, teams: [{ name: team }] };
  let job = await keeper.ask<Job>(`${REGION}/patrol-plans`, { method: 'POST', body: asked });
  await expect(async () => {
    job = await keeper.ask<Job>(`${REGION}/patrol-plans/${job.id}`);
    expect(job.state).toBe('done');
  }).toPass({ timeout: 40_000 });
  // What another test has published goes first.
  const { patrols } = await keeper.ask<{ patrols: { day: string }[] }>(`${REGION}/patrols`);
  const address = `${REGION}/patrols/${today()}`;
  if (patrols.some(({ day }) => day === today())) await keeper.ask(address, { method: 'DELETE' });
  await keeper.ask(address, { method: 'PUT', body: { plan: job.id } });
}

/** Whose accounts these are is on the roster, in the evening's first team. */
async function putOn(keeper: Keeper, accounts: readonly string[]): Promise<void> {
  const members = [];
  for (const account of accounts) {
    const body = { who: { name: account, kind: 'other' }, account };
    const { id } = await keeper.ask<{ id: number }>(`${REGION}/volunteers`, { method: 'POST', body });
    members.push({ volunteer: id });
  }
  const body = { teams: [{ name: 'Nord', members }], published: true };
  await keeper.ask(`${REGION}/evenings/${today()}`, { method: 'PUT', body });
}

interface Evenings {
  evenings: { teams: { members: object[] }[] }[];
}

interface Reports {
  reports: { note: string | null }[];
}

for (const language of ['zh', 'en'] as const) {
  const says = SAYS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`what is entered without a line arrives once, whoever is signed in by then (${language})`, async ({
    browser,
    contextOptions,
    enter,
    kept,
  }) => {
    const [walks, borrows] = [`walks-${language}`, `borrows-${language}`];
    for (const name of [walks, borrows]) await enter({ name, role: 'volunteer' }, { locale });
    const planner = await enter({ name: `leads-${language}`, role: 'planner' }, { locale });
    await publishEvening(planner, 'Nord');
    await putOn(planner, [walks, borrows]);

    const context = await browser.newContext({
      ...contextOptions,
      ...PHONE,
      locale,
      geolocation: { longitude: 9.521, latitude: 47.141, accuracy: 8 },
      permissions: ['geolocation'],
    });
    let walker = new Walker(await context.newPage(), kept.url, says);
    await walker.open();
    await walker.picture(`${language}-sign-in`);
    await walker.signIn(walks, ADMINISTRATOR.password);
    await expect(walker.page.getByText(says.ready)).toBeVisible({ timeout: 30_000 });
    await walker.picture(`${language}-tonight`);

    await walker.button(says.start).click();
    await walker.picture(`${language}-consent`);
    await walker.button(says.agree).click();
    await expect(walker.page.getByText(says.next(1))).toBeVisible();
    await walker.picture(`${language}-next-stop`);

    // The line breaks in the middle of the patrol.
    await context.setOffline(true);
    await walker.checkIn();
    await expect(walker.page.getByText(says.next(2))).toBeVisible();
    await expect(walker.line).toHaveText(says.offline);
    await walker.picture(`${language}-offline`);

    // The phone throws the page away; it opens without a line, at the same stop, with its map.
    walker = await walker.reopened(context);
    await expect(walker.page.getByText(says.next(2))).toBeVisible();
    await walker.tab(says.tabs.map).click();
    await expect(walker.page.locator('.map')).toHaveAttribute('data-map', 'idle', { timeout: 30_000 });
    await expect(walker.page.getByRole('heading', { name: says.nearest })).toBeVisible();
    await walker.picture(`${language}-map-offline`);

    const notes = ['one', 'two', 'three'].map((n) => `${language} ${n}`);
    for (const note of notes) await walker.report(note);
    await walker.picture(`${language}-reported`);
    await walker.turnOutbox();
    await walker.picture(`${language}-outbox-offline`);
    await walker.turnOutbox();
    await walker.signOut();

    // Whoever borrows the phone signs in when the line is there again: by then all is on its way.
    await context.setOffline(false);
    await walker.signIn(borrows, ADMINISTRATOR.password);
    await expect(walker.line).toHaveText(says.online);
    await walker.turnOutbox();
    await expect(walker.page.getByText(says.allSent)).toBeVisible({ timeout: 30_000 });
    await walker.picture(`${language}-outbox-sent`);
    walker = await walker.reopened(context);
    await expect(walker.tab(says.tabs.task)).toBeVisible();

    const { reports } = await planner.ask<Reports>(`${REGION}/reports?state=open&limit=200`);
    const arrived = reports.flatMap(({ note }) => (note?.startsWith(language) ? [note] : []));
    expect(arrived.toSorted()).toEqual(notes.toSorted());
    await context.close();
  });

  test(`what people are warned of is on the phone, without a line too (${language})`, async ({
    browser,
    contextOptions,
    enter,
    kept,
  }) => {
    const name = `warned-${language}`;
    await enter({ name, role: 'volunteer' }, { locale });
    const planner = await enter({ name: `warns-${language}`, role: 'planner' }, { locale });
    await publishEvening(planner, 'Nord');
    await putOn(planner, [name]);
    const words = says.warned;
    const moment = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const notice = {
      kind: 'water_release',
      from: moment(-1),
      until: moment(5),
      villages: [],
      water_bodies: [],
    };
    const write = (over: object) =>
      planner.ask<{ id: number; etag: string }>(`${REGION}/notices`, {
        method: 'POST',
        body: { ...notice, ...over },
      });
    const written = [
      await write({ severity: 'minor', zh: { title: '河边小路施工', text: '请走对岸。' } }),
      await write({ severity: 'severe', [language]: words.said }),
    ];

    const context = await browser.newContext({
      ...contextOptions,
      ...PHONE,
      locale,
      bypassCSP: true,
      geolocation: { longitude: 9.521, latitude: 47.141, accuracy: 8 },
      permissions: ['geolocation'],
    });
    let walker = new Walker(await context.newPage(), kept.url, says);
    await walker.open();
    await walker.signIn(name, ADMINISTRATOR.password);
    const warned = () => walker.page.locator('details.warned');
    await expect(warned()).toHaveCount(2);
    await expect(warned().first().locator('summary')).toHaveText(`${words.severe} ${words.said.title}`);
    await expect(warned().first()).toContainText(words.said.text);
    await expect(warned().nth(1)).toContainText('请走对岸。');
    await walker.picture(`${language}-warned`);
    expect(await accessibilityFaults(walker.page)).toEqual([]);
    // Under a thumb.
    const box = await warned().first().locator('summary').boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(48);

    await expect(walker.page.getByText(says.ready)).toBeVisible({ timeout: 30_000 });
    await context.setOffline(true);
    walker = await walker.reopened(context);
    await expect(warned().first()).toContainText(words.said.text);
    await walker.button(says.start).click();
    await walker.button(says.agree).click();
    await expect(walker.page.getByText(says.next(1))).toBeVisible();
    await expect(walker.page.getByText(words.said.title)).toBeVisible();
    await expect(walker.page.getByText(words.said.text)).toBeHidden();
    await walker.picture(`${language}-warned-running`);
    expect(await accessibilityFaults(walker.page)).toEqual([]);
    await warned().first().locator('summary').click();
    await expect(walker.page.getByText(words.said.text)).toBeVisible();

    // What is taken back is no longer there, once there is a line.
    for (const { id, etag } of written)
      await planner.ask(`${REGION}/notices/${id}`, { method: 'DELETE', seen: etag });
    await context.setOffline(false);
    await walker.page.reload();
    await expect(warned()).toHaveCount(0);
    await context.close();
  });

  test(`an evening is handed over, and another takes it (${language})`, async ({
    browser,
    contextOptions,
    enter,
    kept,
  }) => {
    const [gives, takes, late] = [`gives-${language}`, `takes-${language}`, `late-${language}`];
    for (const name of [gives, takes, late]) await enter({ name, role: 'volunteer' }, { locale });
    const planner = await enter({ name: `hands-${language}`, role: 'planner' }, { locale });
    await publishEvening(planner, 'Nord');
    await putOn(planner, [gives]);
    for (const account of [takes, late]) {
      const body = { who: { name: account, kind: 'other' }, account };
      await planner.ask(`${REGION}/volunteers`, { method: 'POST', body });
    }
    const phoneOf = async (name: string) => {
      const context = await browser.newContext({ ...contextOptions, ...PHONE, locale });
      const walker = new Walker(await context.newPage(), kept.url, says);
      await walker.open();
      await walker.signIn(name, ADMINISTRATOR.password);
      return { context, walker };
    };
    const [giving, taking, slow] = [await phoneOf(gives), await phoneOf(takes), await phoneOf(late)];

    // Without a line it is kept, and told as soon as there is one.
    await expect(giving.walker.button(says.hands)).toBeVisible();
    await giving.context.setOffline(true);
    await expect(giving.walker.line).toHaveText(says.offline);
    await giving.walker.button(says.hands).click();
    await giving.walker.picture(`${language}-hand-over`);
    await giving.walker.dialog().getByRole('button', { name: says.hands, exact: true }).click();
    await giving.context.setOffline(false);
    await expect(giving.walker.page.getByText(says.stillOn)).toBeVisible();

    for (const { walker } of [taking, slow]) {
      await walker.page.reload();
      await expect(walker.page.getByRole('heading', { name: says.nothing })).toBeVisible();
      await expect(walker.page.getByRole('button', { name: says.takeFor(gives) })).toBeVisible();
      await walker.page.getByRole('button', { name: says.takeFor(gives) }).click();
    }
    await taking.walker.picture(`${language}-take-over`);
    await taking.walker.dialog().getByRole('button', { name: says.take, exact: true }).click();
    await expect(taking.walker.page.getByText(says.taken)).toBeVisible();
    await expect(taking.walker.button(says.start)).toBeVisible();
    // Whoever is slower is told so.
    await slow.walker.dialog().getByRole('button', { name: says.take, exact: true }).click();
    await expect(slow.walker.page.getByText(says.faster)).toBeVisible();
    await slow.walker.picture(`${language}-too-late`);
    await slow.walker.dialog().getByRole('button', { name: says.back, exact: true }).click();
    await expect(slow.walker.page.getByRole('button', { name: says.takeFor(gives) })).toHaveCount(0);

    await giving.walker.page.reload();
    await expect(giving.walker.page.getByText(says.takenOver)).toBeVisible();
    await giving.walker.picture(`${language}-taken-over`);
    const { evenings } = await planner.ask<Evenings>(`${REGION}/evenings?from=${today()}&days=1`);
    expect(evenings[0]?.teams.flatMap(({ members }) => members)).toHaveLength(1);
    for (const { context } of [giving, taking, slow]) await context.close();
  });

  test(`files, a sheet on paper and a calendar are taken along (${language})`, async ({
    browser,
    contextOptions,
    enter,
    kept,
  }) => {
    const name = `carries-${language}`;
    await enter({ name, role: 'volunteer' }, { locale });
    const planner = await enter({ name: `lends-${language}`, role: 'planner' }, { locale });
    await publishEvening(planner, 'Nord');
    await putOn(planner, [name]);
    const context = await browser.newContext({
      ...contextOptions,
      ...PHONE,
      locale,
      geolocation: { longitude: 9.521, latitude: 47.141, accuracy: 8 },
      permissions: ['geolocation'],
    });
    const walker = new Walker(await context.newPage(), kept.url, says);
    const { page } = walker;
    await walker.open();
    await walker.signIn(name, ADMINISTRATOR.password);

    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: says.gpx }).click();
    expect(readFileSync(await (await coming).path(), 'utf8')).toContain('<gpx');

    await walker.button(says.calendar).click();
    await walker.button(says.makeCalendar).click();
    const address = await walker.dialog().getByLabel(says.address).inputValue();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1\/calendar\.ics\?key=/);
    await walker.picture(`${language}-calendar`);
    // Any program may ask it: it is not signed in.
    const calendar = await fetch(address);
    expect(await calendar.text()).toContain('BEGIN:VEVENT');
    await walker.dialog().getByRole('button', { name: says.close }).click();
    await walker.button(says.calendar).click();
    await expect(walker.dialog().getByLabel(says.address)).toHaveValue(address);
    await walker.dialog().getByRole('button', { name: says.close }).click();

    // What is fetched later is there without a line, and so is the sheet.
    await expect(page.getByText(says.ready)).toBeVisible({ timeout: 30_000 });
    await context.setOffline(true);
    const again = await walker.reopened(context);
    await again.button(says.print).click();
    await expect(again.dialog()).toBeVisible();
    await again.page.emulateMedia({ media: 'print' });
    const paper = again.page.locator('.paper');
    await expect(paper).toBeVisible();
    await expect(paper.getByRole('listitem').first()).toBeVisible();
    await expect(again.page.locator('.bar')).toBeHidden();
    await expect(again.dialog()).toBeHidden();
    await again.page.screenshot({ path: `shots/volunteer-${language}-paper.png`, fullPage: true });
    await context.close();
  });
}
