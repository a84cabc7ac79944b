// The register's dialog that is open, if one is.

import { AskRetire, ConflictDialog } from './Conflict.tsx';
import { useDeskPart } from './context.ts';
import { Invite } from './Invite.tsx';
import { People } from './People.tsx';
import { AskRetirePoint } from './PointList.tsx';
import { ChangePassword, SignIn, TakeUp } from './SignIn.tsx';

export function Dialogs() {
  const dialog = useDeskPart((s) => s.dialog);
  switch (dialog?.what) {
    case undefined:
      return null;
    case 'signIn':
      return <SignIn hasEnded={dialog.has_ended} />;
    case 'invitation':
      return <TakeUp token={dialog.token} looked={dialog.looked} />;
    case 'password':
      return <ChangePassword />;
    case 'invite':
      return <Invite made={dialog.made} open={dialog.open} />;
    case 'accounts':
    case 'keys':
      return <People dialog={dialog} />;
    case 'retire':
      return <AskRetire code={dialog.code} />;
    case 'retirePoint':
      return <AskRetirePoint name={dialog.seen.fields.name} />;
    case 'conflict':
      return <ConflictDialog conflict={dialog.conflict} />;
  }
}
