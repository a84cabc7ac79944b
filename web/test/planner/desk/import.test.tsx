// A file of equipment on the page: shown before anything happens, imported as a whole, left alone when it is too late.
import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { choose, chosenOf, isEnough } from '../../../src/planner/desk/bringing/columns.ts';
import { listenForFiles } from '../../../src/planner/desk/bringing/drop.ts';
import { type Deeds, deedsOf } from '../../../src/planner/desk/effects.ts';
import { Import } from '../../../src/planner/desk/panels/bringing/bringing.tsx';
import { DeskContext } from '../../../src/planner/desk/panels/context.ts';
import { type DeskStore, deskStore } from '../../../src/planner/desk/store.ts';
import { PlannerContext } from '../../../src/planner/panels/planner.ts';
import { type Store, storeOf } from '../../../src/planner/store.ts';
import { Refused } from '../../../src/shared/api.ts';
import type { Column, Preview } from '../../../src/shared/contract.ts';
import type { ImportAsked, RegisterApi } from '../../../src/shared/register.ts';
import { loadWords } from '../../../src/shared/words.ts';
import { pageAfter, regionsCame } from '../../world.ts';
import { told } from './told.ts';

beforeAll(async () => {
  await loadWords('en', 'later', 'desk', 'bringing');
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
    columns: [],
    entry: null,
    ...more,
  } as Preview;
}

const refused = (status: number, kind: string, more = {}) =>
  new Refused({ type: `/problems/${kind}`, title: '', status, detail: '', ...more } as never);

const UNREAD: Column[] = [
  { header: '牌号', read_as: null },
  { header: '类型', read_as: 'kind' },
  { header: '横', read_as: null },
  { header: '竖', read_as: null },
];

/** A service that answers with these previews, one after the other. */
class Served {
  asked: ImportAsked[] = [];
  imported: string[] = [];
  refuses = 0;
  /** The columns of the table that it cannot read until it is told which is which. */
  unread: Column[] | null = null;
  constructor(readonly previews: Preview[]) {}
  api = {
    preview: async (_: string, __: File, asked: ImportAsked) => {
      this.asked.push(asked);
      const isKnown = this.unread === null || 'lon' in asked.columns;
      if (!isKnown) throw refused(422, 'bad-file', { columns: this.unread });
      const turn = Math.min(this.asked.length, this.previews.length) - 1;
      return { body: this.previews[turn], etag: `"${this.asked.length}"` };
    },
    importFile: async (_: string, __: File, ___: ImportAsked, etag: string) => {
      if (this.refuses > 0) {
        this.refuses -= 1;
        throw refused(412, 'changed-meanwhile');
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
    expect(planner.state.peek().proposed.map((one) => 'is' in one && one.is)).toEqual([
      'added',
      'changed',
      'skipped',
    ]);
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

describe('a table whose columns nobody knows', () => {
  it('is read when somebody has said which is which, and not before', async () => {
    const served = new Served([preview({ columns: [{ header: '横', read_as: 'lon' }] })]);
    served.unread = UNREAD;
    const page = opened(served);
    await can.bring(file);
    const field = (name: string) => page.getByLabelText(name) as HTMLSelectElement;
    const read = (await page.findByRole('button', { name: 'Read it like this' })) as HTMLButtonElement;
    expect(page.container.textContent).toContain('not clear which columns');
    expect(desk.state.peek().fault).toBeNull();
    // What was recognized is chosen already.
    expect(field('Kind').value).toBe('类型');
    expect([...field('Longitude (x)').options].map(({ value }) => value)).toContain('横');
    expect(read.disabled).toBe(true);
    fireEvent.change(field('Longitude (x)'), { target: { value: '横' } });
    fireEvent.change(field('Latitude (y)'), { target: { value: '竖' } });
    fireEvent.change(field('Number (id)'), { target: { value: '牌号' } });
    await waitFor(() => expect(read.disabled).toBe(false));
    fireEvent.click(read);
    await page.findByRole('button', { name: 'Import 2 pieces' });
    const columns = { lon: '横', lat: '竖', id: '牌号', kind: '类型' };
    expect(served.asked.at(-1)).toMatchObject({ columns });
    expect(desk.state.peek().brought?.unread).toBeNull();
    // The import itself is asked in the same way.
    fireEvent.change(page.getByLabelText('Coordinates in the file'), { target: { value: 'gcj02' } });
    await waitFor(() => expect(served.asked.at(-1)).toMatchObject({ columns, datum: 'gcj02' }));
  });

  it('lets a column go where it was when it is chosen for something else', () => {
    const read = chosenOf([...UNREAD, { header: '经度', read_as: 'lon' }]);
    expect(read).toEqual({ kind: '类型', lon: '经度' });
    expect(choose(read, 'name', '类型')).toEqual({ lon: '经度', name: '类型' });
    expect(choose(read, 'lon', '')).toEqual({ kind: '类型' });
    expect(isEnough(read)).toBe(false);
    expect(isEnough(choose(read, 'lat', '竖'))).toBe(true);
  });

  it('is refused as before where its columns are not told', async () => {
    const served = new Served([]);
    served.api.preview = async () => {
      throw refused(422, 'bad-file');
    };
    const page = opened(served);
    await can.bring(file);
    await waitFor(() => expect(page.getByRole('alert').textContent).not.toBe(''));
    expect(desk.state.peek().fault).toMatchObject({ deed: 'preview' });
    expect(page.queryByRole('button', { name: 'Read it like this' })).toBeNull();
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
