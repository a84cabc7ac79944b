// Who walks tonight: planned, changed by hand, published, printed, withdrawn. In both languages.
import { readFileSync } from 'node:fs';
import { expect, type Keeper, test } from './test.ts';

const SAYS = {
  en: {
    register: /^Register/,
    patrols: 'Patrols',
    day: 'Evening of',
    minutes: 'Minutes',
    plan: 'Plan the evening',
    again: 'Plan again, changing little',
    stop: 'Stop, use this',
    sees: /teams 4, [\d.]+ of [\d.]+ km seen/,
    better: /No plan can|Proven:/,
    load: (n: number) => new RegExp(`^Team ${n} ?\\d:`),
    team: (n: number) => `Team ${n}`,
    drop: (n: number) => `Team ${n} cannot come`,
    move: 'Give stretch 1 to another team',
    moves: /: from Team 1 to Team \d$/,
    tooFar: /gets nowhere near/,
    longest: /^The longest walk/,
    take: 'Do it',
    leave: 'Leave it',
    unlock: /^Unlock stretch/,
    undo: 'Undo',
    carried: /^Carried over: /,
    publish: 'Publish',
    published: /^This plan is published for/,
    sheets: 'Sheets on paper',
    sheet: 'Team sheets',
    evenings: 'Published evenings',
    withdraw: /^Withdraw the patrol/,
    withdrawDo: 'Withdraw',
    unpublished: /^Nothing is published for/,
    none: 'None yet.',
    start: 'Choose the start of team 1 on the map',
    starts: /^Starts: 4/,
    chosen: 'Starts: chosen by the planner',
  },
  zh: {
    register: /^登记/,
    patrols: '巡逻',
    day: '日期',
    minutes: '时长（分钟）',
    plan: '生成方案',
    again: '重新生成（尽量少改）',
    stop: '停止，用这份',
    sees: /4 支队伍，巡看/,
    better: /最多还能|已证明/,
    load: (n: number) => new RegExp(`^${n} 队 ?\\d:`),
    team: (n: number) => `${n} 队`,
    drop: (n: number) => `${n} 队不能来`,
    move: '把第 1 段移给其他队伍',
    moves: /：1 队 → \d 队$/,
    tooFar: /时限内到不了/,
    longest: /^最长的一路/,
    take: '确定',
    leave: '取消',
    unlock: /^解锁第/,
    undo: '撤销',
    carried: /^顺延：/,
    publish: '发布',
    published: /^这份方案已由/,
    sheets: '打印任务单',
    sheet: '任务单',
    evenings: '已发布的巡逻',
    withdraw: /^撤回 /,
    withdrawDo: '撤回',
    unpublished: /尚未发布/,
    none: '暂无。',
    start: '在地图上选 1 队起点',
    starts: /^起点：4/,
    chosen: '起点：由系统选择',
  },
} as const;
type Says = (typeof SAYS)['en' | 'zh'];

async function toPatrols(keeper: Keeper, says: Says): Promise<void> {
  await keeper.tab(says.register).click();
  await keeper.page.locator('.register .segments').first().getByText(says.patrols, { exact: true }).click();
  await keeper.exactly(says.plan).waitFor();
}

for (const language of ['en', 'zh'] as const) {
  const says: Says = SAYS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`an evening is planned, changed by hand, published and printed (${language})`, async ({
    enter,
  }, info) => {
    const viewport = language === 'zh' ? { width: 390, height: 844 } : { width: 1280, height: 900 };
    const who = { name: `patrols-${language}`, role: 'planner' } as const;
    const keeper = await enter(who, { locale, viewport, maps: true });
    const { page } = keeper;
    await toPatrols(keeper, says);
    await page.getByLabel(says.day).fill('2026-11-28');
    // Long enough that a team reaches what its neighbors see.
    await page.getByLabel(says.minutes, { exact: true }).fill('180');
    await keeper.exactly(says.plan).click();
    await expect(page.getByText(says.sees)).toBeVisible({ timeout: 40_000 });
    await expect(keeper.exactly(says.stop)).toHaveCount(0, { timeout: 40_000 });
    await expect(page.locator('.patrols-outcome')).toContainText(says.better);
    await expect(page.getByText(says.carried)).toBeVisible();
    await page.screenshot({ path: info.outputPath('planned.png') });

    await page.getByRole('button', { name: says.load(1) }).click();
    const stops = page.getByRole('region', { name: says.team(1), exact: true });
    await expect(stops.getByRole('listitem').first()).toBeVisible();
    const n_before = await stops.getByRole('listitem').count();
    const menu = stops.getByRole('combobox', { name: says.move });
    // The teams begin far apart: one of them gets there.
    let to = 0;
    for (const team of [1, 2, 3]) {
      const answered = page.waitForResponse(/\/moves$/);
      await menu.selectOption(String(team));
      await answered;
      const moved = page.getByText(says.moves);
      await expect(moved.or(page.locator('.patrols-trial').getByText(says.tooFar))).toBeVisible();
      if (await moved.isVisible()) {
        to = team;
        break;
      }
    }
    expect(to).not.toBe(0);
    await expect(page.getByText(says.longest)).toBeVisible();
    await page.screenshot({ path: info.outputPath('moving.png') });
    await keeper.exactly(says.leave).click();
    await expect(stops.getByRole('listitem')).toHaveCount(n_before);
    await menu.selectOption(String(to));
    await keeper.exactly(says.take).click();
    await expect(stops.getByRole('listitem')).toHaveCount(n_before - 1);
    await page.getByRole('button', { name: says.load(to + 1) }).click();
    await expect(page.getByRole('button', { name: says.unlock })).toHaveCount(1);

    const gpx = page.waitForEvent('download');
    await page.getByRole('link', { name: 'GPX' }).click();
    const text = readFileSync(await (await gpx).path(), 'utf8');
    expect(text.match(/<rte>/g)).toHaveLength(1);

    await page.locator('.patrols-loads').getByRole('button', { name: says.undo }).click();
    await page.getByRole('button', { name: says.load(1) }).click();
    await expect(stops.getByRole('listitem')).toHaveCount(n_before);

    await page.locator('.patrols-publish').getByRole('button', { name: says.publish, exact: true }).click();
    await expect(page.getByText(says.published)).toBeVisible();

    await keeper.exactly(says.sheets).click();
    const papers = page.getByRole('dialog', { name: says.sheet }).getByRole('article');
    await expect(papers).toHaveCount(4);
    await expect(papers.first().getByRole('row')).toHaveCount(n_before + 1);
    await page.screenshot({ path: info.outputPath('sheet.png') });
    await page.keyboard.press('Escape');

    // A team cannot come: the others keep theirs, as far as that costs little.
    await page.getByRole('button', { name: says.drop(4) }).click();
    await keeper.exactly(says.again).click();
    await expect(page.locator('.patrols-load')).toHaveCount(3, { timeout: 40_000 });
    await expect(keeper.exactly(says.stop)).toHaveCount(0, { timeout: 40_000 });

    const evenings = page.getByRole('region', { name: says.evenings });
    await evenings.getByRole('button', { name: says.withdraw }).click();
    await evenings.getByRole('button', { name: says.withdrawDo, exact: true }).click();
    await expect(evenings.getByText(says.none)).toBeVisible();
  });
}

test('a start is chosen on the map, by a tap', async ({ enter }) => {
  const says = SAYS.en;
  const viewport = { width: 1280, height: 900 };
  const keeper = await enter(
    { name: 'patrols-start', role: 'planner' },
    { locale: 'en', viewport, maps: true },
  );
  const { page } = keeper;
  await toPatrols(keeper, says);
  await page.getByText(says.chosen).first().click();
  await page.getByRole('button', { name: says.start }).click();
  const box = await page.locator('.maplibregl-canvas').boundingBox();
  if (box === null) throw new Error('no map');
  await page.mouse.click(box.x + box.width * 0.6, box.y + box.height / 2);
  await expect(page.getByText(says.starts)).toBeVisible();
});
