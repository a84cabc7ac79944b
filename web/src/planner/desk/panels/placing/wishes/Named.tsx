// What can be done with a place that is named in a list: see it on the map, take it off the list.
import type { LonLat } from '../../../../../shared/contract.ts';
import { IconButton } from '../../../../panels/parts.tsx';
import { useWords } from '../../../../panels/planner.ts';
import { ShowButton } from '../ShowButton.tsx';

export function Named(props: { name: string; at: LonLat; forget(): void }) {
  const t = useWords();
  return (
    <span class="desk-do">
      <ShowButton at={props.at} label={t('deskWishShowOf', { name: props.name })} />
      <IconButton label={t('deskWishForgetOf', { name: props.name })} icon="trash" onClick={props.forget} />
    </span>
  );
}
