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
    sheet: 'Work sheet',
    work: 'Work list',
    more: /^More settings/,
    set: 'More settings: 4 set',
    fair: 'Every village first, at least',
    moves: 'Pieces that may be moved, up to',
    must: 'Something must stand here',
    pick: 'Choose on the map',
    not: 'Nothing can stand here',
    notHere: 'Nothing can stand at place 1',
    movers: 'Pieces to be moved',
    loses: /less covered where it stands/,
    settled: 'settled before',
    movedHere: /Moved here: LI-/,
    whatIfs: /^What-if/,
    undo: /^Undo: /,
    kinds: /^Several kinds, each with its own reach and number/,
    poles: 'Rescue pole: pieces',
    rings: 'Life ring: pieces',
    ringReach: 'Life ring: reach, m',
    outOfBounds: /the reach must be 1 to 1,000 m/,
    inAll: 'Rescue pole 2, Life ring 3; 5 in all',
    found: /Rescue pole 2, Life ring 3\.$/,
    ring: 'Life ring',
    weights: /^What counts more/,
    houses: 'Bank near houses',
    incidents: 'Bank near past incidents',
    weighted: /Bank counts more near .*buildings \(\d|No buildings are mapped near the banks/,
    paths: 'Also on paths beside the bank',
    ownReach: /counts what-ifs with .* for all kinds/,
    oneAgain: 'One number again',
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
    sheet: '施工单',
    work: '施工清单',
    more: /^更多设置/,
    set: '更多设置：已设 4 项',
    fair: '各村优先，至少覆盖',
    moves: '可移动的现有器材，至多',
    must: '必须设置的位置',
    pick: '在地图上选择',
    not: '不可设置的岸段',
    notHere: '点位 1 处不可设置',
    movers: '待移动的器材',
    loses: /原处(?:不减少|少)覆盖/,
    settled: '事先已定',
    movedHere: /移来：LI-/,
    whatIfs: /^模拟/,
    undo: /^撤销：/,
    kinds: /^分器材设定范围和数量/,
    poles: '救生杆：件数',
    rings: '救生圈：件数',
    ringReach: '救生圈：范围（米）',
    outOfBounds: /范围须为 1 至 1,000 米/,
    inAll: '救生杆 2 件、救生圈 3 件，共 5 件',
    found: /其中救生杆 2 件、救生圈 3 件。$/,
    ring: '救生圈',
    weights: /^权重/,
    houses: '房屋附近的河岸',
    incidents: '以往溺水处附近的河岸',
    weighted: /附近河岸权重加大：.*建筑物 \d|没有标绘建筑物/,
    paths: '也可立在岸边道路上',
    ownReach: /对模拟点一律按/,
    oneAgain: '改回一个总数',
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

    await page.getByRole('button', { name: says.sheet }).click();
    const sheet = page.getByRole('dialog', { name: says.work });
    await expect(sheet.locator('tbody tr')).toHaveCount(5);
    await expect(sheet.locator('tbody svg')).toHaveCount(5);
    await page.screenshot({ path: info.outputPath('sheet.png') });
    await page.emulateMedia({ media: 'print' });
    await page.pdf({ path: info.outputPath('sheet.pdf'), preferCSSPageSize: true });
  });

  test(`what more is wished counts, and moves are accepted and undone (${language})`, async ({
    enter,
  }, info) => {
    const viewport = language === 'zh' ? { width: 390, height: 844 } : { width: 1280, height: 900 };
    const keeper = await enter(
      { name: `wishing-${language}`, role: 'planner' },
      { locale, viewport, maps: true, hash: '#map=15/47.1372/9.5146' },
    );
    const { page } = keeper;
    await toSites(keeper, says);
    await page.getByRole('spinbutton', { name: says.count }).fill('5');
    // Closed until somebody wants it.
    await expect(page.getByLabel(says.fair)).toHaveCount(0);
    await page.getByText(says.more).click();
    await page.getByLabel(says.fair).fill('30');
    await page.getByLabel(says.moves).fill('2');
    await page.getByRole('button', { name: says.pick }).click();
    await page.screenshot({ path: info.outputPath('picking.png') });
    const map = page.locator('.maplibregl-canvas');
    const box = await map.boundingBox();
    if (box === null) throw new Error('no map');
    await page.mouse.click(box.x + box.width * 0.4, box.y + 240);
    const must = page.getByRole('list', { name: says.must }).getByRole('listitem');
    await expect(must).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: says.pick })).toHaveAttribute('aria-pressed', 'false');
    await page.screenshot({ path: info.outputPath('wishes.png') });

    await keeper.exactly(says.propose).click();
    const sites = page.getByRole('region', { name: says.list }).getByRole('listitem');
    await expect(sites.first()).toBeVisible();
    await expect(sites.filter({ hasText: says.settled })).toHaveCount(1);
    await expect(page.locator('.placing-progress > .button')).toHaveCount(0, { timeout: 40_000 });
    const first = await sites.first().textContent();
    await page.screenshot({ path: info.outputPath('answered.png') });

    // The best place is refused: another is the best.
    const other = page.getByRole('button', { name: says.notHere });
    if (await other.isVisible()) await other.click();
    await expect(page.getByRole('list', { name: says.not }).getByRole('listitem')).toHaveCount(1);
    await expect(page.getByText(says.set)).toBeVisible();
    await expect(sites.first()).not.toHaveText(first ?? '', { timeout: 40_000 });
    await expect(page.locator('.placing-progress > .button')).toHaveCount(0, { timeout: 40_000 });

    const movers = page.getByRole('list', { name: says.movers }).getByRole('listitem');
    const n_moved = await movers.count();
    expect(n_moved).toBeGreaterThan(0);
    await expect(movers.first()).toContainText(says.loses);
    await movers.first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: info.outputPath('movers.png') });
    await keeper.exactly(says.acceptAll).click();
    await expect(page.locator('.pin')).toHaveCount(5 + n_moved);
    // One step, and taken back as one.
    await page.getByRole('button', { name: says.undo }).click();
    await expect(page.locator('.pin')).toHaveCount(0);
    await keeper.exactly(says.acceptAll).click();
    await expect(page).toHaveURL(/try=/);
    await keeper.tab(says.whatIfs).click();
    await expect(page.getByText(says.movedHere)).toHaveCount(n_moved);
    await page.screenshot({ path: info.outputPath('moved.png') });
    // The address says it all: who is given it sees the same.
    await page.reload();
    await expect(page.locator('.pin')).toHaveCount(5 + n_moved);
    await expect(page.getByText(says.movedHere)).toHaveCount(n_moved);
  });

  test(`several kinds are put up, each with its own reach and number, and weighed (${language})`, async ({
    enter,
  }, info) => {
    const viewport = language === 'zh' ? { width: 390, height: 844 } : { width: 1280, height: 900 };
    const keeper = await enter(
      { name: `kinds-${language}`, role: 'planner' },
      { locale, viewport, maps: true },
    );
    const { page } = keeper;
    await toSites(keeper, says);
    // Closed until somebody wants it.
    await expect(page.getByLabel(says.rings)).toHaveCount(0);
    await page.getByText(says.kinds).click();
    await page.getByLabel(says.poles).fill('2');
    await page.getByLabel(says.rings).fill('3');
    await expect(page.getByText(says.inAll)).toBeVisible();
    await expect(page.getByRole('spinbutton', { name: says.count })).toHaveCount(0);

    // What cannot be meant is told, and nothing is sought.
    await page.getByLabel(says.ringReach).fill('2000');
    await expect(page.getByText(says.outOfBounds)).toBeVisible();
    await keeper.exactly(says.propose).click();
    await expect(page.getByText(says.outOfBounds)).toBeInViewport();
    await expect(keeper.exactly(says.propose)).toHaveCount(1);
    await page.screenshot({ path: info.outputPath('wrong.png') });
    await page.getByLabel(says.ringReach).fill('30');
    await expect(page.getByText(says.outOfBounds)).toHaveCount(0);

    await page.getByText(says.weights).click();
    await page.getByLabel(says.houses).selectOption('1');
    await page.getByLabel(says.incidents).selectOption('2');
    await expect(page.getByLabel(says.paths)).toBeChecked();
    await page.screenshot({ path: info.outputPath('kinds.png') });

    const [asked] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'POST' && /\/placement$/.test(request.url())),
      keeper.exactly(says.propose).click(),
    ]);
    const question = asked.postDataJSON();
    expect(question).toMatchObject({
      by_kind: [
        { kind: 'pole', sites: 2 },
        { kind: 'ring', sites: 3, limit_m: 30 },
      ],
      near_houses: 1,
      near_incidents: 2,
    });
    expect(question).not.toHaveProperty('sites');

    const rows = page.getByRole('region', { name: says.list }).getByRole('listitem');
    await expect(rows).toHaveCount(5);
    await expect(page.locator('.placing-progress > .button')).toHaveCount(0, { timeout: 40_000 });
    await expect(page.locator('.placing-covers')).toHaveText(says.found);
    await expect(rows.filter({ hasText: says.ring })).toHaveCount(3);
    await expect(page.getByText(says.weighted)).toBeVisible();
    await expect(page.getByText(says.ownReach)).toBeVisible();
    await page.screenshot({ path: info.outputPath('answered.png') });

    // Each is tried out as what it is: the address says the kinds, and so does the work list.
    await keeper.exactly(says.acceptAll).click();
    await expect(page.locator('.pin')).toHaveCount(5);
    const tried = () => decodeURIComponent(new URL(page.url()).hash);
    await expect.poll(() => tried().match(/:ring:/g)?.length).toBe(3);
    expect(tried().match(/:pole:/g)).toHaveLength(2);
    const csv = await fileOf(keeper, says.csv);
    expect(
      csv
        .trim()
        .split('\r\n')
        .slice(1)
        .filter((line) => line.includes(`,${says.ring},`)),
    ).toHaveLength(3);
    await page.screenshot({ path: info.outputPath('accepted.png') });

    await keeper.exactly(says.oneAgain).click();
    await expect(page.getByRole('spinbutton', { name: says.count })).toBeVisible();
  });
}
