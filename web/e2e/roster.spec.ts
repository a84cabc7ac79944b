// Who is on when: two volunteers are added, a week is proposed, changed by the menu, locked and published. In both languages.
import { expect, type Keeper, test } from './test.ts';

const SAYS = {
  en: {
    register: /^Register/,
    roster: 'Roster',
    people: /^Volunteers/,
    week: 'Week',
    add: 'Add a volunteer',
    name: 'Name',
    swims: 'swims',
    save: 'Save',
    onList: (n: number) => `On the list: ${n}`,
    next: /^Week after/,
    teams: 'Teams',
    members: 'People in each',
    propose: 'Propose the week',
    fair: /^Everybody is on (between \d+ and )?\d+ times in five weeks\.$/,
    open: (n: number) => `Places open: ${n}`,
    unsaved: /^Not saved yet/,
    saved: 'Everything is saved.',
    move: (name: string) => `Move ${name} to another team or evening`,
    lock: (name: string) => `Lock ${name} here`,
    locked: 'locked',
    undo: 'Undo',
    publishOne: /^Publish \w+, /,
    publish: 'Publish',
    publishAll: 'Publish the week',
    published: /Published$/,
    leave: (name: string) => `${name} leaves`,
    leaveDo: 'Take off the list',
    tonight: 'Tonight',
    often: 'How often',
    noPatrol: /^No patrol is published for/,
    behind: /stretches were seen/,
    wide: 'See the week side by side',
    hands: /^Lena.*hands over/,
    handed: 'Handed over: 1',
    call: /\/join\/liechtenstein$/,
    invite: 'Invite Max',
    link: 'Invitation link for a volunteer',
  },
  zh: {
    register: /^登记/,
    roster: '排班',
    people: /^志愿者/,
    week: '一周',
    add: '添加志愿者',
    name: '姓名',
    swims: '会游泳',
    save: '保存',
    onList: (n: number) => `名单：${n} 人`,
    next: /^下周/,
    teams: '每晚队数',
    members: '每队人数',
    propose: '生成一周',
    fair: /^五周内每人/,
    open: (n: number) => `空缺 ${n} 个位置`,
    unsaved: /^未保存：/,
    saved: '全部已保存。',
    move: (name: string) => `把${name}移到别的队或别的晚上`,
    lock: (name: string) => `把${name}锁定在这里`,
    locked: '已锁定',
    undo: '撤销',
    publishOne: /^发布\d+月/,
    publish: '发布',
    publishAll: '发布本周',
    published: /已发布$/,
    leave: (name: string) => `${name}退出`,
    leaveDo: '退出名单',
    tonight: '今晚',
    often: '巡看次数',
    noPatrol: /没有已发布的巡逻/,
    behind: /段中有|全部 \d+ 段/,
    wide: '整周并排查看',
    hands: /^Lena.*想转交/,
    handed: '转交 1 人',
    call: /\/join\/liechtenstein$/,
    invite: '邀请Max',
    link: '志愿者邀请链接',
  },
} as const;
type Says = (typeof SAYS)['en' | 'zh'];

async function toRoster(keeper: Keeper, says: Says): Promise<void> {
  await keeper.tab(says.register).click();
  await keeper.page.locator('.register .segments').first().getByText(says.roster, { exact: true }).click();
  await keeper.page.locator('.roster-day').first().or(keeper.page.locator('.roster .note')).first().waitFor();
}

for (const language of ['en', 'zh'] as const) {
  const says: Says = SAYS[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`a week is proposed, changed by the menu, locked and published (${language})`, async ({
    enter,
  }, info) => {
    const isWide = language === 'en';
    const viewport = isWide ? { width: 1280, height: 900 } : { width: 390, height: 844 };
    const keeper = await enter({ name: `roster-${language}`, role: 'planner' }, { locale, viewport });
    const { page } = keeper;
    const path = '/api/v1/regions/liechtenstein';
    // Whoever was left over by a run before has left.
    const { volunteers } = await keeper.ask<{
      volunteers: { id: number; who: { name: string; phone: string | null } }[];
    }>(`${path}/volunteers`);
    for (const { id, who } of volunteers) {
      const body = { who: { ...who, phone: null }, state: 'left' };
      await keeper.ask(`${path}/volunteers/${id}`, { method: 'PUT', body });
    }
    // The languages share a service: each has a week of its own.
    await toRoster(keeper, says);

    await page.locator('.roster-tabs').getByText(says.people).click();
    const names = language === 'en' ? ['Anna Keller', 'Ben Meier'] : ['王芳', '李伟'];
    for (const name of names) {
      await keeper.exactly(says.add).click();
      await keeper.field(says.name).fill(name);
      await page.getByLabel(says.swims, { exact: true }).check();
      await page.locator('.roster-form').getByRole('button', { name: says.save, exact: true }).click();
      await expect(page.locator('.roster-form')).toHaveCount(0);
    }
    await expect(page.getByText(says.onList(2))).toBeVisible();
    await page.screenshot({ path: info.outputPath('people.png') });

    await page.locator('.roster-tabs').getByText(says.week, { exact: true }).click();
    for (let n = 0; n < (language === 'en' ? 1 : 2); n += 1)
      await page.getByRole('button', { name: says.next }).click();
    await expect(page.locator('.roster-day')).toHaveCount(7);
    await keeper.field(says.teams).fill('2');
    await keeper.field(says.members).fill('1');
    await keeper.exactly(says.propose).click();
    await expect(page.getByText(says.fair)).toBeVisible();
    await expect(page.getByText(says.unsaved)).toBeVisible();
    await expect(page.locator('.roster-chip')).toHaveCount(14);
    await page.screenshot({ path: info.outputPath('proposed.png') });
    if (isWide) {
      await keeper.exactly(says.wide).click();
      await page.screenshot({ path: info.outputPath('side-by-side.png') });
    }

    const monday = page.locator('.roster-day').first();
    const teams = monday.locator('.roster-team');
    const [first = ''] = names;
    const from = (await teams.nth(0).getByText(first).count()) > 0 ? 0 : 1;
    const chip = (team: number) => teams.nth(team).getByRole('button', { name: first, exact: false });
    await chip(from).first().click();
    const to = 1 - from;
    const day = await monday.getAttribute('data-day');
    await page.getByRole('combobox', { name: says.move(first) }).selectOption(`${day} ${to}`);
    await expect(teams.nth(from).locator('.roster-chip')).toHaveCount(0);
    await expect(teams.nth(to).locator('.roster-chip')).toHaveCount(2);
    await page.getByRole('button', { name: says.lock(first) }).click();
    await expect(monday.getByText(says.locked, { exact: true })).toBeVisible();
    await page.locator('.roster-bar').getByRole('button', { name: says.undo }).click();
    await expect(monday.getByText(says.locked, { exact: true })).toHaveCount(0);
    await chip(to).first().click();
    await page.getByRole('button', { name: says.lock(first) }).click();

    await monday.getByRole('button', { name: says.publishOne }).click();
    await expect(monday.getByText(says.published)).toBeVisible();
    await keeper.exactly(says.publishAll).click();
    await page.locator('.desk-confirm').getByRole('button', { name: says.publish, exact: true }).click();
    await expect(page.locator('.roster-day').getByText(says.published)).toHaveCount(7);
    await expect(page.getByText(says.saved)).toBeVisible();
    await page.screenshot({ path: info.outputPath('published.png') });

    const { evenings } = await keeper.ask<{
      evenings: { published: boolean; teams: { members: { locked: boolean }[] }[] }[];
    }>(`${path}/evenings?from=${day}&days=7`);
    expect(evenings.every(({ published }) => published)).toBe(true);
    const locks = evenings.flatMap(({ teams }) => teams).flatMap(({ members }) => members);
    expect(locks.filter(({ locked }) => locked)).toHaveLength(1);

    if (isWide) await page.keyboard.press('Escape');
    await page.locator('.roster-tabs').getByText(says.tonight, { exact: true }).click();
    await expect(page.getByText(says.noPatrol).or(page.locator('.roster-seen'))).toBeVisible();
    await page.locator('.roster-tabs').getByText(says.often, { exact: true }).click();
    await expect(page.locator('.roster-often tbody tr').first()).toBeVisible();
    await expect(page.getByText(says.behind).first()).toBeVisible();
    await page.screenshot({ path: info.outputPath('often.png') });

    await page.locator('.roster-tabs').getByText(says.people).click();
    for (const name of names) {
      await page.getByRole('button', { name: says.leave(name) }).click();
      await page.locator('.desk-confirm').getByRole('button', { name: says.leaveDo, exact: true }).click();
      await expect(page.getByRole('button', { name: says.leave(name) })).toHaveCount(0);
    }
  });

  test(`whoever is slower is shown what the other has made of an evening (${language})`, async ({
    enter,
  }) => {
    const viewport = { width: 1280, height: 900 };
    const who = { name: `roster-slow-${language}`, role: 'planner' } as const;
    const keeper = await enter(who, { locale, viewport });
    const { page } = keeper;
    const path = '/api/v1/regions/liechtenstein';
    const { id } = await keeper.ask<{ id: number }>(`${path}/volunteers`, {
      method: 'POST',
      body: { who: { name: `Slow ${language}`, kind: 'other', skills: [], weekdays: [1, 2, 3, 4, 5, 6, 7] } },
    });
    await toRoster(keeper, says);
    const monday = page.locator('.roster-day').first();
    const day = (await monday.getAttribute('data-day')) ?? '';
    await monday.locator('.roster-day-do').getByRole('button').last().click();
    await keeper.ask(`${path}/evenings/${day}`, {
      method: 'PUT',
      body: { teams: [{ name: 'Theirs', members: [{ volunteer: id }] }] },
    });
    await monday.locator('.roster-day-do').getByRole('button').first().click();
    const conflict = monday.locator('.roster-conflict');
    await expect(conflict).toContainText('Theirs');
    await conflict.getByRole('button').last().click();
    await expect(conflict).toHaveCount(0);
    await expect(monday.locator('.roster-chip')).toHaveCount(1);
    // As it was, for others.
    await keeper.ask(`${path}/evenings/${day}`, { method: 'PUT', body: { teams: [] } });
    const body = { who: { name: 'Slow', kind: 'other', skills: [], weekdays: [1] }, state: 'left' };
    await keeper.ask(`${path}/volunteers/${id}`, { method: 'PUT', body });
  });

  test(`the week tells who hands an evening over, the list how somebody gets an account (${language})`, async ({
    enter,
  }, info) => {
    const path = '/api/v1/regions/liechtenstein';
    const account = `lena-${language}`;
    const lena = await enter({ name: account, role: 'volunteer' }, { locale });
    const keeper = await enter({ name: `roster-hands-${language}`, role: 'planner' }, { locale });
    const { page } = keeper;
    const add = (name: string, more: object) =>
      keeper.ask<{ id: number }>(`${path}/volunteers`, {
        method: 'POST',
        body: { who: { name, kind: 'other' }, ...more },
      });
    const [{ id }, max] = [await add('Lena', { account }), await add('Max', {})];
    const day = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Vaduz' }).format(new Date());
    const teams = [{ name: null, members: [{ volunteer: id }] }];
    await keeper.ask(`${path}/evenings/${day}`, { method: 'PUT', body: { teams, published: true } });
    await lena.ask(`${path}/duty/answer`, { method: 'PUT', body: { day, answer: 'hands_over' } });

    await toRoster(keeper, says);
    const evening = page.locator(`[data-day="${day}"]`);
    await expect(evening.getByRole('button', { name: says.hands })).toBeVisible();
    await expect(evening.getByText(says.handed)).toBeVisible();
    await page.screenshot({ path: info.outputPath('handed-over.png') });

    await page.locator('.roster-tabs').getByText(says.people).click();
    await keeper.exactly(says.invite).click();
    await expect(page.getByLabel(says.link)).toHaveValue(/\/v#invitation=/);
    await expect(page.getByLabel(says.link)).toBeInViewport();
    await page.screenshot({ path: info.outputPath('invited.png') });
    const call = await page.getByRole('link', { name: says.call }).getAttribute('href');
    expect((await page.request.get(call ?? '')).status()).toBe(200);

    await keeper.ask(`${path}/evenings/${day}`, { method: 'PUT', body: { teams: [] } });
    for (const [one, name] of [
      [id, 'Lena'],
      [max.id, 'Max'],
    ] as const) {
      const body = { who: { name, kind: 'other' }, state: 'left' };
      await keeper.ask(`${path}/volunteers/${one}`, { method: 'PUT', body });
    }
  });
}
