// The sheets that are fetched when one of them is first opened.
import type { Dialog } from '../../state.ts';
import { Drop, Reminder, SignInAgain, SignOut } from './Asked.tsx';
import { Calendar } from './Calendar.tsx';
import { Code, OnePiece } from './Code.tsx';
import { Paper } from './Paper.tsx';
import { TakeOver } from './Wanted.tsx';

export function LaterDialog({ dialog }: { dialog: Dialog }) {
  switch (dialog.is) {
    case 'code':
      return <Code />;
    case 'piece':
      return <OnePiece piece={dialog.piece} how={dialog.how} />;
    case 'drop':
      return <Drop uuid={dialog.uuid} />;
    case 'reminder':
      return <Reminder />;
    case 'signIn':
      return <SignInAgain />;
    case 'signOut':
      return <SignOut />;
    case 'takeOver':
      return <TakeOver wanted={dialog.wanted} />;
    case 'calendar':
      return <Calendar />;
    case 'print':
      return <Paper />;
    default:
      return null;
  }
}
