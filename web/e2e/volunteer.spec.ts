// An evening on a phone whose line breaks: nothing is lost, nothing counts twice. In both languages.
import type { components } from '../api.gen.ts';
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
}
