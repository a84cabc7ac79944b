// What people at the water are warned of now: whole before the patrol, by its title alone while one is under way.
import type { Pack } from '../../shared/duty.ts';
import { timeText, wordsOf } from '../../shared/notices.ts';
import { inForce } from '../pack.ts';
import { usePart, useWords } from './context.ts';

export function Warned({ pack, isOpen }: { pack: Pack; isOpen: boolean }) {
  const t = useWords();
  const now_ms = usePart((s) => s.now_ms);
  return (
    <>
      {inForce(pack, now_ms).map((notice) => {
        const { title, text, lang } = wordsOf(t.language, notice);
        return (
          <details class={`note warned is-${notice.severity}`} key={notice.id} open={isOpen}>
            <summary>
              <span>
                <b>{t(`volWarned_${notice.severity}`)}</b> <span lang={lang}>{title}</span>
              </span>
            </summary>
            <p lang={lang}>{text}</p>
            <small>{t('volUntil', { time: timeText(t, notice.until, pack.time_zone) })}</small>
          </details>
        );
      })}
    </>
  );
}
