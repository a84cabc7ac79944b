// Choosing a role and where it holds, among those that somebody may give.
import { useState } from 'preact/hooks';
import { type Account, type Grant, holds, ROLES, type Role } from '../../../../shared/accounts.ts';
import { nameIn } from '../../../../shared/words.ts';
import { usePart, useWords } from '../../../panels/planner.ts';
import { Field } from '../parts.tsx';

/** What is chosen, and the fields to choose it by; `null` where there is nothing to choose. */
export function useGrantFields(account: Account | null) {
  const t = useWords();
  const regions = usePart((s) => s.regions.value) ?? [];
  const here = usePart((s) => s.region);
  const places = [null, ...regions.map((one) => one.id)];
  const offered = (role: Role) => places.filter((region) => holds(account, role, region));
  const roles = ROLES.filter((role) => offered(role).length > 0);
  const [asked, setRole] = useState<Role>('volunteer');
  const [wanted, setRegion] = useState<string | null>(here);
  const role = roles.includes(asked) ? asked : roles[0];
  if (role === undefined) return { grant: null, fields: null };
  const among = offered(role);
  const region = among.includes(wanted) ? wanted : (among[0] ?? null);
  const where = (id: string | null) => {
    const names = regions.find((one) => one.id === id)?.name;
    return id === null ? t('deskAllRegions') : names ? nameIn(t.language, names) : id;
  };
  const grant: Grant = { role, region };
  const fields = (
    <>
      <div class="desk-pair">
        <Field label={t('deskRole')}>
          <select value={role} onChange={(e) => setRole(e.currentTarget.value as Role)}>
            {roles.map((one) => (
              <option key={one} value={one}>
                {t(`deskRole_${one}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={t('deskWhere')}>
          {/* No region has an empty id: it stands for all of them. */}
          <select value={region ?? ''} onChange={(e) => setRegion(e.currentTarget.value || null)}>
            {among.map((one) => (
              <option key={one ?? ''} value={one ?? ''}>
                {where(one)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <p class="hint">{t(`deskRoleDoes_${role}`)}</p>
    </>
  );
  return { grant, fields };
}
