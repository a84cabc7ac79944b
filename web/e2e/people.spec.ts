// Who may do what: accounts, roles, invitations and keys, as an administrator sees them, in both languages.
import { expect, type Keeper, test } from './test.ts';

const PEOPLE = {
  en: {
    accounts: 'Accounts',
    you: 'mei (you)',
    shutOut: (name: string) => `Shut out ${name}`,
    letIn: (name: string) => `Let in ${name} again`,
    isShut: 'shut out',
    giveRole: (name: string) => `Give a role to ${name}`,
    role: 'Role',
    give: 'Give',
    volunteer: 'volunteer, Liechtenstein',
    planner: 'planner, Liechtenstein',
    take: (name: string) => `Take from ${name}: planner, Liechtenstein`,
    noRole: 'No role yet',
    withdraw: 'Take back',
    noInvitation: 'No invitation is open.',
    keys: 'Keys for programs',
    noKey: 'No key yet.',
    keyFor: 'What it is for',
    makeKey: 'Make the key',
    keyOf: (name: string) => `The key ${name}`,
    copyKey: 'Copy the key',
    endKey: (name: string) => `Revoke the key ${name}`,
  },
  zh: {
    accounts: '账号',
    you: 'mei（您）',
    shutOut: (name: string) => `停用 ${name}`,
    letIn: (name: string) => `恢复 ${name}`,
    isShut: '已停用',
    giveRole: (name: string) => `授予角色：${name}`,
    role: '角色',
    give: '授予',
    volunteer: '列支敦士登志愿者',
    planner: '列支敦士登规划员',
    take: (name: string) => `收回 ${name} 的角色：列支敦士登规划员`,
    noRole: '尚无角色',
    withdraw: '撤回',
    noInvitation: '没有未使用的邀请。',
    keys: '程序密钥',
    noKey: '还没有密钥。',
    keyFor: '用途',
    makeKey: '生成密钥',
    keyOf: (name: string) => `密钥 ${name}`,
    copyKey: '复制密钥',
    endKey: (name: string) => `吊销密钥 ${name}`,
  },
} as const;

async function bothSizes(keeper: Keeper, name: string): Promise<void> {
  await keeper.picture(name);
  await keeper.page.setViewportSize({ width: 390, height: 844 });
  const wide = await keeper.page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  await keeper.picture(name.replace('-', '-phone-'));
  await keeper.page.setViewportSize({ width: 1280, height: 800 });
}

for (const language of ['en', 'zh'] as const) {
  const says = PEOPLE[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';

  test(`an administrator shuts somebody out, lets them in, gives and takes a role (${language})`, async ({
    enter,
  }) => {
    const name = `fang-${language}`;
    const fang = await enter({ name, role: 'volunteer' }, { locale });
    const mei = await enter({ name: 'mei', role: 'administrator' }, { locale, bypassCSP: true });
    const invitation = { role: 'dispatcher', region: 'liechtenstein' };
    await mei.ask('/api/v1/invitations', { method: 'POST', body: invitation });
    const account = async () => (await fang.ask<{ account: object | null }>('/api/v1/session')).account;

    await mei.account.click();
    await mei.exactly(says.accounts).click();
    await expect(mei.dialog).toContainText(says.you);
    const row = mei.dialog.locator('.desk-accounts > li', { hasText: name });
    await expect(row).toContainText(says.volunteer);

    await mei.exactly(says.shutOut(name)).click();
    await expect(row).toContainText(says.isShut);
    expect(await account()).toBeNull();
    await mei.exactly(says.letIn(name)).click();
    await expect(row).not.toContainText(says.isShut);

    await mei.exactly(says.giveRole(name)).click();
    await row.getByLabel(says.role, { exact: true }).selectOption('planner');
    await bothSizes(mei, `${language}-accounts`);
    expect(await mei.accessibilityFaults()).toEqual([]);
    await row.getByRole('button', { name: says.give, exact: true }).click();
    await expect(row).toContainText(says.planner);
    await expect(row).not.toContainText(says.volunteer);
    await mei.exactly(says.take(name)).click();
    await expect(row).toContainText(says.noRole);

    const withdraw = mei.exactly(says.withdraw);
    await expect(withdraw).not.toHaveCount(0);
    await withdraw.first().scrollIntoViewIfNeeded();
    await bothSizes(mei, `${language}-accounts-invitations`);
    const n = await withdraw.count();
    await withdraw.first().click();
    await expect(withdraw).toHaveCount(n - 1);
    if (n === 1) await expect(mei.dialog).toContainText(says.noInvitation);
    expect([...mei.faults, ...fang.faults]).toEqual([]);
  });

  test(`a key is shown once, lets a program in, and is revoked (${language})`, async ({ enter }) => {
    const mei = await enter({ name: 'mei', role: 'administrator' }, { locale, bypassCSP: true });
    await mei.account.click();
    await mei.exactly(says.keys).click();
    await expect(mei.dialog).toContainText(says.noKey);
    await bothSizes(mei, `${language}-keys-none`);
    await mei.field(says.keyFor).fill('QGIS');
    await mei.exactly(says.makeKey).click();
    const shown = mei.field(says.keyOf('QGIS'));
    await expect(shown).toHaveValue(/^zk_/);
    await expect(mei.field(says.keyFor)).toBeHidden();
    await mei.exactly(says.copyKey).scrollIntoViewIfNeeded();
    await bothSizes(mei, `${language}-keys`);
    expect(await mei.accessibilityFaults()).toEqual([]);
    const authorization = `Bearer ${await shown.inputValue()}`;
    const asked = () => fetch(`${mei.url}/api/v1/keys`, { headers: { authorization } });
    expect((await asked()).status).toBe(200);

    await mei.exactly(says.endKey('QGIS')).click();
    await expect(mei.dialog).toContainText(says.noKey);
    await expect(shown).toBeHidden();
    await expect(mei.field(says.keyFor)).toHaveValue('');
    expect((await asked()).status).toBe(401);
    expect(mei.faults).toEqual([]);
  });
}
