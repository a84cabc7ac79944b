// What is fetched once something is proposed, tried out or put aside.
export { Scenarios } from './Scenarios.tsx';
export { WorkList } from './WorkList.tsx';
