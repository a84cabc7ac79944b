// What is fetched when somebody wishes more than a number of pieces, or an answer speaks of it.
export { Outcome } from './Outcome.tsx';
export { Settings } from './Settings.tsx';
