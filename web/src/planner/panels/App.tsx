// The page's frame: bar, panel, map; on a phone the panel is a sheet of three heights.
import type { ComponentType, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Sheet } from '../state.ts';
import { Controls } from './Controls.tsx';
import { Footer } from './Footer.tsx';
import { HeadlineCard } from './Headline.tsx';
import { Hints } from './Hints.tsx';
import { Lists, showsCard } from './Lists.tsx';
import { MapArea } from './MapArea.tsx';
import { Notices } from './Notices.tsx';
import { useDesk, usePart, usePlanner, useWords } from './planner.ts';
import { TopBar } from './TopBar.tsx';

export interface Dialogs {
  readonly Help: ComponentType;
  readonly PrintSheet: ComponentType<{ picture: string | null }>;
}

export function App(props: {
  mapBox: RefObject<HTMLDivElement | null>;
  picture: string | null;
  /** `null` until one has been asked for. */
  dialogs: Dialogs | null;
}) {
  const t = useWords();
  const dialog = usePart((s) => s.dialog);
  const sheet = usePart((s) => s.sheet);
  const said = usePart((s) => s.said);
  const hasCard = usePart(showsCard);
  const desk = useDesk();
  // What is asked of the map does not matter to the register, and takes its room.
  const isKeeping = usePart((s) => s.tab === 'desk') && desk?.canPlan.value;
  const scroll = useRef<HTMLDivElement>(null);
  // Something else to look at begins at the top: the numbers, and on a phone the card itself.
  const looksAt = usePart(
    (s) =>
      `${(isKeeping && !hasCard) || JSON.stringify(s.selection) + s.scenario.whatIfs.length} ${s.village} ${s.sheet === 'peek'} ${s.marked !== null} ${isKeeping}`,
  );
  useEffect(() => {
    const box = scroll.current;
    const card = document.querySelector<HTMLElement>(isKeeping ? '.tabs, .card-heading' : '.card-heading');
    if (box !== null)
      box.scrollTop = card !== null && sheet !== 'peek' && box.clientHeight < 500 ? card.offsetTop - 4 : 0;
  }, [looksAt]);
  return (
    <>
      <TopBar />
      <main class={`stage sheet-${sheet}`}>
        <section class="panel" aria-label={t('panel')}>
          <SheetHandle />
          <div class="panel-scroll" ref={scroll}>
            <Notices />
            <HeadlineCard />
            <Hints />
            {!hasCard && !isKeeping && <Controls />}
            <Lists />
            <Footer />
          </div>
        </section>
        <MapArea box={props.mapBox} />
      </main>
      <div class="toast" role="status" key={said.number}>
        {said.text}
      </div>
      {desk && <desk.Dialogs />}
      {dialog === 'help' && props.dialogs && <props.dialogs.Help />}
      {dialog === 'print' && props.dialogs && <props.dialogs.PrintSheet picture={props.picture} />}
    </>
  );
}

const SHEETS: readonly Sheet[] = ['peek', 'half', 'full'];
const SHEET_WORD = { peek: 'sheetPeek', half: 'sheetHalf', full: 'sheetFull' } as const;

function SheetHandle() {
  const t = useWords();
  const { dispatch } = usePlanner();
  const sheet = usePart((s) => s.sheet);
  const height = SHEETS.indexOf(sheet);
  let start_px: number | null = null;
  return (
    <div
      class="sheet-handle"
      onPointerDown={(e) => {
        start_px = e.clientY;
      }}
      onPointerUp={(e) => {
        const by_px = start_px === null ? 0 : e.clientY - start_px;
        start_px = null;
        if (Math.abs(by_px) < 24) return;
        const other = SHEETS[height + (by_px < 0 ? 1 : -1)];
        if (other !== undefined) dispatch({ is: 'sheetSet', sheet: other });
      }}
    >
      <span class="grip" aria-hidden="true" />
      {[SHEETS[height - 1], SHEETS[height + 1]].map(
        (other) =>
          other !== undefined && (
            <button
              key={other}
              type="button"
              class="sheet-button"
              aria-label={t(SHEET_WORD[other])}
              onClick={() => dispatch({ is: 'sheetSet', sheet: other })}
            >
              <span aria-hidden="true">{SHEETS.indexOf(other) > height ? '▲' : '▼'}</span>
            </button>
          ),
      )}
    </div>
  );
}
