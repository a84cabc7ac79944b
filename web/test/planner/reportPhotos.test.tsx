import { signal } from '@preact/signals';
import { cleanup, fireEvent, render } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import '../../src/planner/panels/ReportButton.tsx';
import { PlannerContext, type Reporting } from '../../src/planner/panels/planner.ts';
import { ReportForm } from '../../src/planner/panels/ReportForm.tsx';
import type { Fault } from '../../src/planner/state.ts';
import { storeOf } from '../../src/planner/store.ts';
import { type Language, loadWords } from '../../src/shared/words.ts';
import { pageAfter, regionsCame } from '../world.ts';

const RECEIPT = { id: 12, heeded: false, photo_right: 'the right' };

beforeAll(async () => {
  await loadWords('en', 'later', 'report');
  await loadWords('zh', 'later', 'report');
});
let n_urls = 0;
beforeEach(() => {
  n_urls = 0;
  URL.createObjectURL = vi.fn(() => `blob:${++n_urls}`);
  URL.revokeObjectURL = vi.fn();
});
afterEach(cleanup);

const file = (name: string) => new File([name], name, { type: 'image/png' });
const small = (text: string) => new Blob([text], { type: 'image/jpeg' });

function shown(some: Partial<Reporting>, language: Language = 'en') {
  const reporting: Reporting = {
    send: vi.fn(() => Promise.resolve(RECEIPT)),
    addPhoto: vi.fn(() => Promise.resolve(null)),
    shrink: vi.fn((sent: Blob) => Promise.resolve(small((sent as File).name))),
    ...some,
  };
  const store = storeOf(pageAfter(regionsCame, { is: 'languagePicked', language }));
  const page = render(
    <PlannerContext.Provider value={{ store, deeds: {} as never, desk: signal(null) }}>
      <ReportForm about={{ id: 'p1', code: 'AB-0001-K' }} reporting={reporting} onClose={() => {}} />
    </PlannerContext.Provider>,
  );
  const { container } = page;
  return {
    ...page,
    reporting,
    text: () => container.textContent ?? '',
    pictures: () => [...container.querySelectorAll('.report-photos img')],
    pick: (...files: File[]) => {
      const input = container.querySelector('input[type=file]');
      if (input === null) throw new Error('no photo can be added');
      fireEvent.change(input, { target: { files } });
    },
    submit: () => {
      const form = container.querySelector('form');
      if (form !== null) fireEvent.submit(form);
    },
  };
}

describe('photos of a report', () => {
  it('are three at most, and each can be taken out again', async () => {
    const page = shown({});
    page.pick(file('a'), file('b'), file('c'), file('d'));
    await vi.waitFor(() => expect(page.pictures()).toHaveLength(3));
    expect(page.reporting.shrink).toHaveBeenCalledTimes(3);
    expect(page.container.querySelector('input[type=file]')).toBeNull();
    fireEvent.click(page.getByLabelText('Remove photo 2'));
    await vi.waitFor(() => expect(page.pictures()).toHaveLength(2));
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:2');
    expect(page.container.querySelector('input[type=file]')).not.toBeNull();
  });

  it('that are no pictures are told at once, and the others stay', async () => {
    const page = shown(
      { shrink: (sent) => Promise.resolve((sent as File).name === 'a' ? small('a') : null) },
      'zh',
    );
    page.pick(file('a'), file('list.txt'));
    await vi.waitFor(() => expect(page.pictures()).toHaveLength(1));
    expect(page.text()).toContain('无法作为图片读取');
  });

  it('follow the report one by one, with how far they are', async () => {
    const ends: (() => void)[] = [];
    const addPhoto = vi.fn<Reporting['addPhoto']>((_, photo, progress) => {
      progress(photo.size / 4);
      return new Promise((done) => ends.push(() => done(null)));
    });
    const page = shown({ addPhoto });
    page.pick(file('a'), file('bbb'));
    await vi.waitFor(() => expect(page.pictures()).toHaveLength(2));
    page.submit();
    await vi.waitFor(() => expect(page.text()).toContain('Recorded, no. 12'));
    await vi.waitFor(() => expect(page.text()).toContain('Sending the photos'));
    const shares = () => [...page.container.querySelectorAll('progress')].map(({ value }) => value);
    await vi.waitFor(() => expect(shares()).toEqual([0.25, 0]));
    expect(addPhoto).toHaveBeenCalledTimes(1);
    ends[0]?.();
    await vi.waitFor(() => expect(shares()).toEqual([0.75]));
    ends[1]?.();
    await vi.waitFor(() => expect(page.text()).toContain('Photos arrived: 2.'));
    expect(addPhoto.mock.calls.map(([receipt]) => receipt)).toEqual([RECEIPT, RECEIPT]);
  });

  it('that do not arrive lose nothing of the report, and only they are sent again', async () => {
    const answers: (Fault | null)[] = [null, { what: 'unreachable' }, null];
    const sent: string[] = [];
    const addPhoto: Reporting['addPhoto'] = async (_, photo) => {
      sent.push(await photo.text());
      return answers.shift() ?? null;
    };
    const page = shown({ addPhoto });
    page.pick(file('a'), file('b'));
    await vi.waitFor(() => expect(page.pictures()).toHaveLength(2));
    page.submit();
    await vi.waitFor(() => expect(page.text()).toContain('Photos arrived: 1 of 2.'));
    expect(page.text()).toContain('cannot be reached');
    fireEvent.click(page.getByText('Send the missing photos again'));
    await vi.waitFor(() => expect(page.text()).toContain('Photos arrived: 2.'));
    expect(sent).toEqual(['a', 'b', 'b']);
    expect(page.reporting.send).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['photos-wait', 'has arrived without them'],
    ['no-photo-right', 'for an hour'],
    ['bad-photo', 'cannot be read as a picture'],
    ['busy', 'busy'],
    ['not-kept', 'the disk is full'],
  ])('are refused in words (%s)', async (kind, words) => {
    const fault: Fault = { what: 'refused', kind, why: 'the disk is full' };
    const page = shown({ addPhoto: () => Promise.resolve(fault) });
    page.pick(file('a'));
    await vi.waitFor(() => expect(page.pictures()).toHaveLength(1));
    page.submit();
    await vi.waitFor(() => expect(page.text()).toContain(words));
  });
});
