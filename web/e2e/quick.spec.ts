// How quick it is under the hand: from a drag to the redrawn banks.
import { expect, test } from './test.ts';

test('a dragged pole redraws the banks at once', async ({ open }) => {
  const planner = await open();
  await planner.mapIsDrawn();
  await planner.chooseLongestGap(/^Too far/);
  await planner.button('Put what-if pole here').click();
  await expect(planner.badge).toBeVisible();
  await planner.mapIsDrawn();
  await planner.forgetRedraws();
  await planner.dragPin('A', 120, 80, 60, 30);
  await planner.dragPin('A', -120, -80, 60, 30);
  const took = (await planner.redraws_ms()).sort((a, b) => a - b);
  const at = (share: number) => took[Math.floor(took.length * share)] ?? Number.NaN;
  process.stdout.write(
    `drag to redraw: median ${at(0.5).toFixed(1)} ms, 90 % ${at(0.9).toFixed(1)} ms, n ${took.length}\n`,
  );
  expect(took.length).toBeGreaterThan(20);
});
