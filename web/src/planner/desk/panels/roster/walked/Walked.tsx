// What the teams see: tonight, and over weeks.
import '../../../style/walked.css';

export { HowOften } from './HowOften.tsx';
export { Tonight } from './Tonight.tsx';
