// The only file that knows Playwright: the program as a fixture, and the planner's page in words of the domain.
import { type BrowserContextOptions, test as base, chromium, expect } from '@playwright/test';
import { Planner } from './planner.ts';
import { Program } from './program.ts';

interface World {
  /** Opens the planner's page in a context of its own. */
  open(options?: BrowserContextOptions & { hash?: string; hints?: boolean }): Promise<Planner>;
  /** The same in a browser that cannot draw maps. */
  openWithoutMaps(options?: BrowserContextOptions): Promise<Planner>;
}

export const test = base.extend<World, { program: Program }>({
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
  openWithoutMaps: async ({ launchOptions, contextOptions, locale, viewport, program }, use) => {
    const browser = await chromium.launch({
      ...launchOptions,
      args: [
        ...(launchOptions.args ?? []).filter((arg) => !arg.includes('swiftshader')),
        '--disable-3d-apis',
      ],
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

export { expect, Planner, Program };
