// The dialogs that few people open, fetched when one is opened.
import { Modal } from '../../panels/Modal.tsx';
import { Skeleton } from '../../panels/parts.tsx';
import { useWords } from '../../panels/planner.ts';
import type { Dialog } from '../state.ts';
import { useFetched } from './fetched.ts';
import { useClose } from './SignIn.tsx';

export function People({ dialog }: { dialog: Extract<Dialog, { what: 'accounts' | 'keys' }> }) {
  const t = useWords();
  const close = useClose();
  const part = useFetched(() => import('./people/people.ts'));
  const isOfAccounts = dialog.what === 'accounts';
  if (part === null || part === 'failed') {
    return (
      <Modal heading={t(isOfAccounts ? 'deskAccounts' : 'deskKeys')} class="dialog" onClose={close}>
        {part === null ? (
          <Skeleton rows={4} doing="page" />
        ) : (
          <p class="note is-fault">{t('deskNotFetched')}</p>
        )}
      </Modal>
    );
  }
  return isOfAccounts ? <part.Accounts {...dialog} /> : <part.Keys {...dialog} />;
}
