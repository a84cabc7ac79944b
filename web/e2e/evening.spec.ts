// An evening from its roster to what was seen of it: the planner's page and a volunteer's phone, side by side. In both languages.
import { expect, type Keeper, test } from './test.ts';
import { stubReceiver, SAYS as WALKS, Walker } from './walker.ts';

const REGION = '/api/v1/regions/liechtenstein';
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const PASSWORD = 'seven quiet geese at dawn';

const SAYS = {
  en: {
    register: /^Register/,
    roster: 'Roster',
    patrols: 'Patrols',
    people: /^Volunteers/,
    week: 'Week',
    add: 'Add a volunteer',
    name: 'Name',
    who: 'Wang Fang',
    save: 'Save',
    invite: (name: string) => `Invite ${name}`,
    link: 'Invitation link for a volunteer',
    call: /\/join\/liechtenstein$/,
    account: (name: string) => new RegExp(`account.*${name}`, 'i'),
    teams: 'Teams',
    members: 'People in each',
    propose: 'Propose the week',
    fair: /^Everybody is on (between \d+ and )?\d+ times in five weeks\.$/,
    publishOne: /^Publish \w+, /,
    published: /Published$/,
    comes: /Wang Fang.*comes/,
    minutes: 'Minutes',
    plan: 'Plan the evening',
    stop: 'Stop, use this',
    publish: 'Publish',
    isPublished: /^This plan is published for/,
    tonight: 'Tonight',
    seen: /^(?!0 m)[\d.]+ k?m of [\d.]+ k?m seen \([\d.]+%\)$/,
    back: /back \d\d:\d\d/,
    left: /^Stretches left: \d+$/,
  },
  zh: {
    register: /^登记/,
    roster: '排班',
    patrols: '巡逻',
    people: /^志愿者/,
    week: '一周',
    add: '添加志愿者',
    name: '姓名',
    who: '王芳',
    save: '保存',
    invite: (name: string) => `邀请${name}`,
    link: '志愿者邀请链接',
    call: /\/join\/liechtenstein$/,
    account: (name: string) => new RegExp(`账号.*${name}`),
    teams: '每晚队数',
    members: '每队人数',
    propose: '生成一周',
    fair: /^五周内每人/,
    publishOne: /^发布\d+月/,
    published: /已发布$/,
    comes: /王芳.*会来/,
    minutes: '时长（分钟）',
    plan: '生成方案',
    stop: '停止，用这份',
    publish: '发布',
    isPublished: /^这份方案已由/,
    tonight: '今晚',
    seen: /^已巡看 (?!0 米)[\d.]+ (?:公里|米) \/ /,
    back: /\d\d:\d\d 返回/,
    left: /^还剩 \d+ 段$/,
  },
} as const;
type Says = (typeof SAYS)['en' | 'zh'];

/** Tonight by the region's own calendar. */
const today = () => new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Vaduz' }).format(new Date());

interface Duty {
  patrol: { way: { stops: { line: [number, number][] }[] } };
}

/** What others have left over would stand in the evening's way. */
async function cleared(keeper: Keeper): Promise<void> {
  interface People {
    volunteers: { id: number; who: object }[];
  }
  const { volunteers } = await keeper.ask<People>(`${REGION}/volunteers`);
  for (const { id, who } of volunteers) {
    const body = { who: { ...who, phone: null }, state: 'left' };
    await keeper.ask(`${REGION}/volunteers/${id}`, { method: 'PUT', body });
  }
  const { patrols } = await keeper.ask<{ patrols: { day: string }[] }>(`${REGION}/patrols`);
  if (patrols.some(({ day }) => day === today()))
    await keeper.ask(`${REGION}/patrols/${today()}`, { method: 'DELETE' });
  await keeper.ask(`${REGION}/evenings/${today()}`, { method: 'PUT', body: { teams: [] } });
}

async function show(keeper: Keeper, says: Says, view: 'roster' | 'patrols'): Promise<void> {
  await keeper.tab(says.register).click();
  await keeper.page.locator('.register .segments').first().getByText(says[view], { exact: true }).click();
}

for (const language of ['zh', 'en'] as const) {
  const says: Says = SAYS[language];
  const walks = WALKS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`planner and volunteer go through an evening together (${language})`, async ({
    browser,
    contextOptions,
    enter,
    kept,
  }) => {
    test.setTimeout(180_000);
    const keeper = await enter({ name: `evening-${language}`, role: 'planner' }, { locale });
    const { page } = keeper;
    const picture = (name: string) => page.screenshot({ path: `shots/evening-${language}-${name}.png` });
    await cleared(keeper);

    // The planner puts somebody on the list, and makes the link by which the account is theirs.
    await show(keeper, says, 'roster');
    await page.locator('.roster-tabs').getByText(says.people).click();
    await expect(page.getByRole('link', { name: says.call })).toBeVisible();
    await keeper.exactly(says.add).click();
    await keeper.field(says.name).fill(says.who);
    await page.locator('.roster-form').getByRole('button', { name: says.save, exact: true }).click();
    await page.getByRole('button', { name: says.invite(says.who), exact: true }).click();
    const link = await page.getByLabel(says.link).inputValue();
    await picture('invited');

    const context = await browser.newContext({ ...contextOptions, ...PHONE, locale });
    await context.addInitScript(stubReceiver);
    const walker = new Walker(await context.newPage(), kept.url, walks);
    // The walk is done by the page's clock: it lies in the past when the phone hands it in.
    await walker.page.clock.install({ time: Date.now() - 40 * 60_000 });
    const account = `goes-out-${language}`;
    await walker.takeUp(link, account, PASSWORD);
    await expect(walker.page.getByRole('heading', { name: walks.nothing })).toBeVisible();

    // The week is proposed, and tonight's evening published.
    await page.locator('.roster-tabs').getByText(says.week, { exact: true }).click();
    await keeper.field(says.teams).fill('1');
    await keeper.field(says.members).fill('1');
    await keeper.exactly(says.propose).click();
    await expect(page.getByText(says.fair)).toBeVisible();
    const evening = page.locator(`.roster-day[data-day="${today()}"]`);
    await expect(evening.locator('.roster-chip')).toContainText(says.who);
    await evening.getByRole('button', { name: says.publishOne }).click();
    await expect(evening.getByText(says.published)).toBeVisible();
    await picture('roster');

    // So is its patrol.
    await show(keeper, says, 'patrols');
    await page.getByLabel(says.minutes, { exact: true }).fill('60');
    await keeper.exactly(says.plan).click();
    const publish = page.locator('.patrols-publish').getByRole('button', { name: says.publish, exact: true });
    await expect(publish).toBeEnabled({ timeout: 40_000 });
    await expect(keeper.exactly(says.stop)).toHaveCount(0, { timeout: 40_000 });
    await publish.click();
    await expect(page.getByText(says.isPublished)).toBeVisible();
    await picture('patrol');

    // The volunteer sees it, says that they come, and sets off.
    await walker.page.reload();
    await walker.button(walks.comes).click();
    await walker.picture(`${language}-evening-tonight`);
    await walker.button(walks.start).click();
    await walker.button(walks.agree).click();
    await expect(walker.page.getByText(walks.next(1))).toBeVisible();
    await walker.page.clock.fastForward(11_000);
    const { patrol } = await walker.ask<Duty>(`${REGION}/duty`);
    const [first] = patrol.way.stops;
    await walker.walk(first?.line ?? []);
    await walker.checkIn();
    await expect(walker.page.getByText(walks.next(2))).toBeVisible();
    await walker.page.clock.fastForward(11_000);

    // While they walk, the phone tells what was seen, and what is left.
    await walker.tab(walks.tabs.map).click();
    await expect(async () => {
      await walker.page.clock.fastForward(31_000);
      await walker.tab(walks.tabs.task).click();
      await walker.tab(walks.tabs.map).click();
      await expect(walker.page.getByText(walks.seen)).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 40_000 });
    await expect(walker.page.getByText(walks.left)).toBeVisible();
    await expect(walker.page.locator('.map')).toHaveAttribute('data-map', 'idle', { timeout: 30_000 });
    await walker.picture(`${language}-evening-map`);

    await walker.tab(walks.tabs.task).click();
    await walker.button(walks.finish).click();
    await walker.dialog().getByRole('button', { name: walks.finish, exact: true }).click();
    await walker.page.clock.fastForward(11_000);
    await expect(walker.page.getByText(walks.allSent)).toBeVisible();
    await expect(walker.page.getByText(walks.seen)).toBeVisible();
    await walker.picture(`${language}-evening-over`);

    // The planner sees what was seen, and who had said that they come.
    await show(keeper, says, 'roster');
    await page.locator('.roster-tabs').getByText(says.tonight, { exact: true }).click();
    const team = page.locator('.roster-seen > li').first();
    await expect(team.getByText(says.seen)).toBeVisible();
    await expect(team.getByText(says.back)).toBeVisible();
    await expect(team.getByText(says.left)).toBeVisible();
    await picture('seen');
    await page.locator('.roster-tabs').getByText(says.week, { exact: true }).click();
    await expect(evening.getByRole('button', { name: says.comes })).toBeVisible();
    await page.locator('.roster-tabs').getByText(says.people).click();
    await expect(page.getByText(says.account(account))).toBeVisible();
    await cleared(keeper);
    await context.close();
  });
}
