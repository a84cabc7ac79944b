// The way to a report, for everybody: its form is fetched when it is asked for.
import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import type { LonLat } from '../../shared/contract.ts';
import { FILES, loadWords } from '../../shared/words.ts';
import { type Reporting, usePart, usePlanner, useWords } from './planner.ts';
import type { ReportForm } from './ReportForm.tsx';

FILES.en.report = () => import('../../../messages/en.json?report');
FILES.zh.report = () => import('../../../messages/zh-CN.json?report');

type Form = typeof ReportForm extends ComponentType<infer P> ? ComponentType<P> : never;

export function ReportButton({ about }: { about: { id: string; code: string } | { at: LonLat } }) {
  const t = useWords();
  const { deeds } = usePlanner();
  const [Form, setForm] = useState<{ is: Form; reporting: Reporting } | null>(null);
  const isOffered = usePart((s) => s.has_accounts);
  if (!isOffered) return null;
  const open = () => {
    Promise.all([import('./ReportForm.tsx'), deeds.reporting(), loadWords(t.language, 'report')]).then(
      ([come, reporting]) => setForm({ is: come.ReportForm, reporting }),
      () => {},
    );
  };
  return (
    <>
      <button type="button" class="button" onClick={open}>
        {t('at' in about ? 'pieceReportHazard' : 'pieceReport')}
      </button>
      {Form !== null && <Form.is about={about} reporting={Form.reporting} onClose={() => setForm(null)} />}
    </>
  );
}
