// Choosing a file of equipment; what it would do is shown by a part of the page that is fetched then.
import { useRef } from 'preact/hooks';
import { Skeleton } from '../../panels/parts.tsx';
import { useWords } from '../../panels/planner.ts';
import { useAtDesk } from './context.ts';
import { useFetched } from './fetched.ts';

const ACCEPTED = '.csv,.xlsx,.geojson,.json,.zip,.gpkg,.kml,.kmz,.gpx,.osm,.pbf,.gz,.bz2';

export function Import() {
  const t = useWords();
  const part = useFetched(() => import('./bringing/bringing.tsx'), 'bringing');
  if (part === null) return <Skeleton rows={4} doing="page" />;
  if (part === 'failed') return <p class="note is-fault">{t('deskNotFetched')}</p>;
  return <part.Import />;
}

export function ImportButton() {
  const t = useWords();
  const { can } = useAtDesk();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="button is-full" onClick={() => input.current?.click()}>
        {t('deskImportPick')}
      </button>
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        accept={ACCEPTED}
        tabIndex={-1}
        aria-label={t('deskImportPick')}
        onChange={(e) => {
          const [file] = e.currentTarget.files ?? [];
          // The same file may be chosen again when it has been mended.
          e.currentTarget.value = '';
          if (file !== undefined) void can.bring(file);
        }}
      />
      <p class="hint">{t('deskImportHint')}</p>
    </>
  );
}
