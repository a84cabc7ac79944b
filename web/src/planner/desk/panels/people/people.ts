// Dialogs that few people open: fetched when they do.
import '../../style/people.css';

export { Accounts } from './Accounts.tsx';
export { Keys } from './Keys.tsx';
