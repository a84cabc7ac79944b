// What to take along: the way as a file, the sheet on paper, all evenings in a calendar.
import type { Pack } from '../../../shared/duty.ts';
import { type Link, linksOf } from '../../pack.ts';
import { usePage, usePart, useWords } from '../context.ts';

export function Links({ pack }: { pack: Pack }) {
  const t = useWords();
  const { dispatch } = usePage();
  const isOnline = usePart((s) => s.is_online);
  const links = linksOf(pack);
  if (links.length === 0) return null;
  const open = ({ word }: Link) => {
    if (word !== 'gpx') dispatch({ is: 'dialogOpened', dialog: { is: word } });
  };
  return (
    <nav class="links" aria-label={t('volLinks')}>
      {links.map((link) =>
        link.href !== null && isOnline ? (
          <a class="button" key={link.word} href={link.href} download>
            {t(`volLink_${link.word}`)}
          </a>
        ) : (
          <button
            type="button"
            class="button"
            key={link.word}
            disabled={link.href !== null}
            onClick={() => open(link)}
          >
            {t(`volLink_${link.word}`)}
          </button>
        ),
      )}
      {!isOnline && links.some(({ href }) => href !== null) && <p class="hint">{t('volFileNeedsLine')}</p>}
    </nav>
  );
}
