// A file of equipment on the page: shown before anything happens, imported as a whole, left alone when it is too late.
import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenForFiles } from '../../../src/planner/desk/bringing/drop.ts';
import { type Deeds, deedsOf } from '../../../src/planner/desk/effects.ts';
import { DeskContext } from '../../../src/planner/desk/panels/context.ts';
import { Import } from '../../../src/planner/desk/panels/Import.tsx';
import { type DeskStore, deskStore } from '../../../src/planner/desk/store.ts';
import { PlannerContext } from '../../../src/planner/panels/planner.ts';
import { type Store, storeOf } from '../../../src/planner/store.ts';
import { Refused } from '../../../src/shared/api.ts';
import type { Preview } from '../../../src/shared/contract.ts';
import type { ImportAsked, RegisterApi } from '../../../src/shared/register.ts';
import { loadWords } from '../../../src/shared/words.ts';
import { pageAfter, regionsCame } from '../../world.ts';
import { told } from './told.ts';

beforeAll(async () => {
  await loadWords('en', 'later', 'desk');
});
afterEach(cleanup);

const row = (outcome: 'added' | 'changed' | 'skipped', more = {}) => ({
  type: 'Feature' as const,
  geometry: { type: 'Point' as const, coordinates: [9.5, 47.1] as [number, number] },
  properties: {
    row: `row of ${outcome}`,
    id: outcome,
    kind: 'pole' as const,
    condition: 'usable' as const,
    name: null,
    outcome,
    ...more,
  },
});

function preview(more: Partial<Preview> = {}): Preview {
  return {
    region: 'here',
    datum: 'wgs84',
    version: 1,
    file: 'poles.csv',
    read_as: 'wgs84',
    suspicion: null,
    counts: { rows: 3, added: 1, changed: 1, unchanged: 0, skipped: 1, villages: 0, oddities: 0 },
    rows: [
      row('added'),
      row('changed', { changes: ['condition'] }),
      row('skipped', { reason: 'duplicate', detail: 'P1', away_m: 1.5 }),
    ],
    oddities: [],
    entry: null,
    ...more,
  } as Preview;
}

/** A service that answers with these previews, one after the other. */
class Served {
  asked: ImportAsked[] = [];
  imported: string[] = [];
  refuses = 0;
  constructor(readonly previews: Preview[]) {}
  api = {
    preview: async (_: string, __: File, asked: ImportAsked) => {
      this.asked.push(asked);
      const turn = Math.min(this.asked.length, this.previews.length) - 1;
      return { body: this.previews[turn], etag: `"${this.asked.length}"` };
    },
    importFile: async (_: string, __: File, ___: ImportAsked, etag: string) => {
      if (this.refuses > 0) {
        this.refuses -= 1;
        throw new Refused({
          type: '/problems/changed-meanwhile',
          title: '',
          status: 412,
          detail: '',
        } as never);
      }
      this.imported.push(etag);
      return { body: preview({ entry: 7 }), etag: '"9"' };
    },
  } as unknown as RegisterApi;
}

let planner: Store;
let desk: DeskStore;
let can: Deeds;
const file = new File(['id,lon,lat\n'], 'poles.csv');

function opened(served: Served) {
  planner = storeOf(pageAfter(regionsCame));
  desk = deskStore();
  can = deedsOf(desk, planner, served.api, told);
  return render(
    <PlannerContext.Provider value={{ store: planner, deeds: {} as never, desk: signal(null) }}>
      <DeskContext.Provider value={{ store: desk, deeds: can }}>
        <Import />
      </DeskContext.Provider>
    </PlannerContext.Provider>,
  );
}

beforeEach(() => vi.clearAllMocks());

describe('a file of equipment', () => {
  it('is shown on the map and in words before anything happens', async () => {
    const served = new Served([preview()]);
    const page = opened(served);
    await can.bring(file);
    expect(planner.state.peek().proposed.map(({ is }) => is)).toEqual(['added', 'changed', 'skipped']);
    await waitFor(() => expect(page.getByRole('button', { name: 'Import 2 pieces' })).toBeTruthy());
    expect(page.container.textContent).toContain('P1 · 2 m');
    expect(served.imported).toEqual([]);
  });

  it('is imported as it was seen, and becomes a step to undo', async () => {
    const served = new Served([preview()]);
    opened(served);
    await can.bring(file);
    await can.importIt();
    expect(served.imported).toEqual(['"1"']);
    expect(told.imported).toHaveBeenCalledWith(2);
    expect(desk.state.peek().brought).toBeNull();
    expect(desk.state.peek().mine.at(-1)).toMatchObject({ entry: 7, verb: 'import', name: 'poles.csv' });
    expect(planner.state.peek().proposed).toEqual([]);
  });

  it('is looked at again when somebody else was faster', async () => {
    const later = preview({ counts: { ...preview().counts, added: 0 } });
    const served = new Served([preview(), later]);
    served.refuses = 1;
    const page = opened(served);
    await can.bring(file);
    await can.importIt();
    expect(served.imported).toEqual([]);
    expect(desk.state.peek().brought?.preview?.counts.added).toBe(0);
    await waitFor(() => expect(page.getByRole('alert').textContent).not.toBe(''));
    await can.importIt();
    expect(served.imported).toEqual(['"2"']);
  });

  it('in the wrong datum is told, and read again with one tap', async () => {
    const suspicion = { datum: 'gcj02', off_m: 507 };
    const served = new Served([preview({ suspicion }), preview()]);
    const page = opened(served);
    await can.bring(file);
    const mend = await page.findByRole('button', { name: 'Read them as GCJ-02' });
    expect(page.container.textContent).toContain('507 m');
    fireEvent.click(mend);
    await waitFor(() => expect(served.asked.at(-1)?.datum).toBe('gcj02'));
    await waitFor(() => expect(page.queryByRole('button', { name: 'Read them as GCJ-02' })).toBeNull());
  });

  it('gives what is in doubt back to whoever wants it, and takes that back', async () => {
    const served = new Served([preview()]);
    const page = opened(served);
    await can.bring(file);
    fireEvent.click(await page.findByRole('button', { name: 'Import these anyway', hidden: true }));
    await waitFor(() => expect(served.asked.at(-1)?.takes).toEqual(['duplicate']));
    fireEvent.click(await page.findByRole('button', { name: 'No' }));
    await waitFor(() => expect(served.asked.at(-1)?.takes).toEqual([]));
  });

  it('that changes nothing cannot be imported, and a dropped one leaves the map as it was', async () => {
    const counts = { ...preview().counts, added: 0, changed: 0 };
    const page = opened(new Served([preview({ counts })]));
    await can.bring(file);
    const nothing = await page.findByRole('button', { name: 'Nothing to import' });
    expect(nothing.hasAttribute('disabled')).toBe(true);
    fireEvent.click(page.getByRole('button', { name: 'Cancel' }));
    expect(desk.state.peek().brought).toBeNull();
    expect(planner.state.peek().proposed).toEqual([]);
  });
});

describe('a file that is dropped on the page', () => {
  const drop = (type: string, types = ['Files']) => {
    const event = new Event(type, { cancelable: true, bubbles: true });
    Object.assign(event, { dataTransfer: { types, files: [file], dropEffect: 'copy' }, relatedTarget: null });
    window.dispatchEvent(event);
    return event;
  };

  it('is brought by whoever may, and never opened by the browser', () => {
    const bring = vi.fn();
    let may = true;
    listenForFiles({ canPlan: () => may, bring, say: () => 'here' });
    drop('dragover');
    expect(document.body.dataset.drop).toBe('here');
    expect(drop('drop').defaultPrevented).toBe(true);
    expect(document.body.dataset.drop).toBeUndefined();
    expect(bring).toHaveBeenCalledWith(file);
    may = false;
    expect(drop('drop').defaultPrevented).toBe(true);
    expect(bring).toHaveBeenCalledTimes(1);
    expect(drop('drop', ['text/plain']).defaultPrevented).toBe(false);
  });
});
