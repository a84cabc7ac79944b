// What is fetched when somebody wishes more than a number of pieces, or an answer speaks of it.
export { Kinds, Wrong } from './Kinds.tsx';
export { Outcome } from './Outcome.tsx';
export { Settings } from './Settings.tsx';
export { Weights } from './Weights.tsx';
