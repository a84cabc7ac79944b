// Where a proposed place lies, in words.
import type { Site } from '../../../../shared/placement.ts';
import type { Words } from '../../../../shared/words.ts';

/** `Rhine, left bank at 2.1 km · Vaduz`. */
export function whereText(t: Words, site: Site): string {
  const water = site.water_body_name ?? t('deskSiteWater');
  const where =
    site.side === null || site.chainage_m === null
      ? water
      : t('deskSiteAt', {
          water,
          side: t(`deskSiteSide_${site.side}`),
          at: t.meters(site.chainage_m),
        });
  return [where, site.village_name ?? site.village].filter(Boolean).join(' · ');
}
