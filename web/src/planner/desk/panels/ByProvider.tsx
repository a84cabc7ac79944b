// The way in by a provider, where there is one: it keeps the password, and says who somebody is.
import { useEffect, useState } from 'preact/hooks';
import type { Key } from '../../../shared/words.ts';
import { useWords } from '../../panels/planner.ts';
import { useAtDesk, useDeskPart } from './context.ts';
import { faultText } from './parts.tsx';

/** The problems of this way that have words of their own. */
const KNOWN = ['unknown-identity', 'provider-down', 'provider-refused', 'stale-errand'];

export function ByProvider({ invited }: { invited: { token: string; name: string } | null }) {
  const t = useWords();
  const { can } = useAtDesk();
  const fault = useDeskPart((s) => (s.fault?.deed === 'provider' ? s.fault.fault : null));
  const isUnderWay = useDeskPart((s) => s.doing === 'provider');
  const [provider, setProvider] = useState<string | null>(null);
  useEffect(() => {
    let isShown = true;
    void can.provider().then((name) => isShown && setProvider(name));
    return () => {
      isShown = false;
    };
  }, [can]);
  if (provider === null) return null;
  const words =
    fault?.what === 'refused' && KNOWN.includes(fault.kind)
      ? t(`deskProvider_${fault.kind.replaceAll('-', '_')}` as Key, { name: provider })
      : fault && faultText(t, fault);
  return (
    <>
      <div role="alert">{words !== null && <p class="note is-fault desk-wrong">{words}</p>}</div>
      <button
        type="button"
        class="button"
        disabled={isUnderWay}
        onClick={() => void can.goToProvider(invited)}
      >
        {t('deskSignInWith', { name: provider })}
      </button>
    </>
  );
}
