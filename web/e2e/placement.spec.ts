// Where the next pieces go: proposed, accepted, moved and taken away. In both languages.
import { readFileSync } from 'node:fs';
import { expect, type Keeper, test } from './test.ts';

const SAYS = {
  en: {
    register: /^Register/,
    sites: 'Propose places',
    count: 'Number of pieces',
    propose: 'Propose',
    list: 'Proposed places',
    better: /At most .*better is possible|Proven: no choice/,
    madeUp: /made up for demonstration/,
    acceptAll: 'Accept all',
    isWhatIf: /^Place 1 is what-if pole A$/,
    pin: 'What-if pole A',
    moved: /^Moved: A\. Covers/,
    keep: 'Keep',
    use: 'Use Scenario 1',
    csv: 'CSV table',
    gpx: 'GPX for navigation',
    pole: 'Rescue pole',
  },
  zh: {
    register: /^登记/,
    sites: '选址建议',
    count: '器材数量',
    propose: '提出建议',
    list: '建议点位',
    better: /最多还能提高|已证明/,
    madeUp: /建议也仅供演示/,
    acceptAll: '全部采纳',
    isWhatIf: /^点位 1 即模拟点 A$/,
    pin: '模拟点 A',
    moved: /^已移动：A。/,
    keep: '留存',
    use: '采用“方案 1”',
    csv: 'CSV 表格',
    gpx: 'GPX 导航点',
    pole: '救生杆',
  },
} as const;

async function toSites(keeper: Keeper, says: (typeof SAYS)['en' | 'zh']): Promise<void> {
  await keeper.tab(says.register).click();
  await keeper.page.locator('.register .segments').first().getByText(says.sites, { exact: true }).click();
  await keeper.exactly(says.propose).waitFor();
}

async function fileOf(keeper: Keeper, name: string): Promise<string> {
  const [file] = await Promise.all([
    keeper.page.waitForEvent('download'),
    keeper.page.getByRole('button', { name }).click(),
  ]);
  return readFileSync(await file.path(), 'utf8');
}

for (const language of ['en', 'zh'] as const) {
  const says = SAYS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`five places are proposed, accepted, moved and taken away (${language})`, async ({ enter }, info) => {
    const viewport = language === 'zh' ? { width: 390, height: 844 } : { width: 1280, height: 900 };
    const keeper = await enter(
      { name: `placing-${language}`, role: 'planner' },
      { locale, viewport, maps: true },
    );
    const { page } = keeper;
    await toSites(keeper, says);
    await page.getByRole('spinbutton', { name: says.count }).fill('5');
    await keeper.exactly(says.propose).click();
    const rows = page.getByRole('region', { name: says.list }).getByRole('listitem');
    // A first answer, while a better one may still be looked for.
    await expect(rows).toHaveCount(5);
    await expect(page.locator('.placing')).toContainText(says.madeUp);
    await expect(page.locator('.placing-progress')).toContainText(says.better);
    await expect(page.locator('.placing-curve').getByRole('img')).toBeVisible();
    // What is accepted below is the final answer.
    await expect(page.locator('.placing-progress > .button')).toHaveCount(0, { timeout: 40_000 });
    await page.screenshot({ path: info.outputPath('proposed.png') });

    await keeper.exactly(says.acceptAll).click();
    await expect(page.getByRole('button', { name: says.isWhatIf })).toHaveAttribute('aria-pressed', 'true');
    await expect(page.locator('.pin')).toHaveCount(5);

    // Far enough that it must cost or gain something, and by the keyboard alone.
    const pin = page.locator('.pin').and(page.getByLabel(says.pin, { exact: true }));
    await pin.focus();
    for (let step = 0; step < 8; step += 1) await page.keyboard.press('Shift+ArrowUp');
    await expect(page.locator('.placing-loss')).toContainText(says.moved);

    await keeper.exactly(says.keep).click();
    await expect(page.getByRole('button', { name: says.use })).toBeVisible();

    const csv = await fileOf(keeper, says.csv);
    expect(csv.startsWith('\uFEFF')).toBe(true);
    const lines = csv.trim().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[1]).toMatch(new RegExp(`^1,A,${says.pole},9\\.\\d+,47\\.\\d+,`));
    const gpx = await fileOf(keeper, says.gpx);
    expect(gpx.match(/<wpt /g)).toHaveLength(5);
    await page.screenshot({ path: info.outputPath('accepted.png') });
  });
}
