// The only file that knows Playwright: the program as a fixture, and the planner's page in words of the domain.
import { type BrowserContextOptions, test as base, chromium, expect } from '@playwright/test';
import { Keeper } from './keeper.ts';
import { Phone } from './phone.ts';
import { Planner } from './planner.ts';
import { Program } from './program.ts';

interface World {
  /** Opens the planner's page in a context of its own. */
  open(options?: BrowserContextOptions & { hash?: string; hints?: boolean }): Promise<Planner>;
  /** The same in a browser that cannot draw maps. */
  openWithoutMaps(options?: BrowserContextOptions): Promise<Planner>;
  /** A phone in a context of its own, for the public pages. */
  scan(options?: BrowserContextOptions): Promise<Phone>;
  /** Opens the page of `kept` as somebody who is signed in, without maps unless they are asked for. */
  enter(who: Person, options?: BrowserContextOptions & { hash?: string; maps?: boolean }): Promise<Keeper>;
}

interface Person {
  name: string;
  /** A stranger has none. */
  role: 'administrator' | 'planner' | 'volunteer' | null;
}

interface Kept {
  program: Program;
  /** Another program, whose register the tests change; its first link is used up. */
  kept: Program;
}

/** The first administrator of `kept`. */
export const ADMINISTRATOR = { name: 'mei', password: 'four words by the river' };

export const test = base.extend<World, Kept>({
  program: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const program = new Program(18_700 + Math.floor(Math.random() * 900));
      await program.start();
      await use(program);
      await program.stop();
    },
    { scope: 'worker' },
  ],
  kept: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      // Whoever is told of notices listens on this machine.
      const options = ['--webhooks-to-private-addresses'];
      const program = new Program(17_700 + Math.floor(Math.random() * 900), options);
      await program.start();
      await use(program);
      await program.stop();
    },
    { scope: 'worker' },
  ],
  enter: async ({ launchOptions, browser, contextOptions, locale, viewport, kept }, use) => {
    const blind = await chromium.launch({ ...launchOptions, args: withoutMaps(launchOptions.args ?? []) });
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (who, { hash = '', maps = false, ...options } = {}) => {
      const context = await (maps ? browser : blind).newContext({
        ...contextOptions,
        locale: locale ?? 'en',
        viewport,
        ...options,
      });
      contexts.push(context);
      const keeper = new Keeper(await context.newPage(), kept.url);
      await keeper.enter(who, await kept.invitation(), ADMINISTRATOR);
      await keeper.reopen(hash);
      return keeper;
    });
    for (const context of contexts) await context.close();
    await blind.close();
  },
  open: async ({ browser, contextOptions, locale, viewport, program }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async ({ hash = '', hints = false, ...options } = {}) => {
      const context = await browser.newContext({
        ...contextOptions,
        locale: locale ?? 'en',
        viewport,
        ...options,
      });
      contexts.push(context);
      const planner = new Planner(await context.newPage(), options.baseURL ?? program.url);
      await planner.open(hash, hints);
      return planner;
    });
    for (const context of contexts) await context.close();
  },
  scan: async ({ browser, program }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      return new Phone(await context.newPage(), program.url);
    });
    for (const context of contexts) await context.close();
  },
  openWithoutMaps: async ({ launchOptions, contextOptions, locale, viewport, program }, use) => {
    const browser = await chromium.launch({
      ...launchOptions,
      args: withoutMaps(launchOptions.args ?? []),
    });
    await use(async (options = {}) => {
      const context = await browser.newContext({
        ...contextOptions,
        locale: locale ?? 'en',
        viewport,
        ...options,
      });
      const planner = new Planner(await context.newPage(), program.url);
      await planner.open('', false);
      return planner;
    });
    await browser.close();
  },
});

const withoutMaps = (args: readonly string[]) => [
  ...args.filter((arg) => !arg.includes('swiftshader')),
  '--disable-3d-apis',
];

export { expect, Keeper, Planner, Program };
