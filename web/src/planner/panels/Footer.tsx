// Of when the data is, whose it is, and where changes go.
import { regionOf } from '../state.ts';
import { usePart, useWords } from './planner.ts';

export function Footer() {
  const t = useWords();
  const isInMemory = usePart((s) => regionOf(s)?.stored === 'memory');
  return (
    <footer class="panel-footer">
      <DataDate />
      <p>
        {isInMemory && t('dataMemory')} {t('whatIfLives')}
      </p>
    </footer>
  );
}

export function DataDate() {
  const t = useWords();
  const region = usePart(regionOf);
  if (region === null) return null;
  const { map_date, loaded_at, attribution, settings } = region;
  const loaded_ms = loaded_at === null ? null : Date.parse(loaded_at);
  return (
    <>
      <p>
        {map_date === null ? t('dataMapUnknown') : t('dataMap', { date: t.date(map_date) })}
        {loaded_ms !== null &&
          ` · ${t('dataEquipment', {
            time: `${t.date(new Date(loaded_ms).toISOString())} ${t.time(loaded_ms, settings?.time_zone)}`,
          })}`}
      </p>
      {attribution !== null && <p>{attribution}</p>}
    </>
  );
}
