// Somebody else's map under the regions: a real server of tiles, another origin than the page's.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, Program, test } from './test.ts';

/** One green pixel. */
const TILE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOYdWYWAAQEAgHkaUfxAAAAAElFTkSuQmCC',
  'base64',
);

test("another server's map is drawn when it is asked for, and the page says so when it goes away", async ({
  open,
}) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' });
    response.end(TILE);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const tiles = `http://127.0.0.1:${port}/{z}/{x}/{y}.png`;
  const own = new Program(19_800, ['--base-map', tiles, '--base-map-attribution', '© Tile Makers']);
  await own.start();
  try {
    const planner = await open({ baseURL: own.url });
    await planner.mapIsDrawn();
    expect(asked).toEqual([]);
    await planner.page.locator('.layers button').click();
    await planner.page.getByLabel('External base map').check();
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    expect(asked[0]).toMatch(/^\/\d+\/\d+\/\d+\.png$/);
    await planner.mapIsDrawn();
    await expect(planner.map).toContainText('© Tile Makers');
    await planner.picture('en-base-map');
    expect(planner.faults).toEqual([]);

    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await planner.page.getByRole('button', { name: 'Zoom in' }).click();
    await expect(
      planner.page.getByText('External base map unavailable; using our own.').first(),
    ).toBeVisible();
  } finally {
    server.closeAllConnections();
    server.close();
    await own.stop();
  }
});
