// What nobody needs at first sight: fetched as one piece, and kept with the map, so that it is there without a line.
import './style/later.css';

export { LaterDialog } from './panels/later/LaterDialog.tsx';
export { Links } from './panels/later/Links.tsx';
export { Me } from './panels/later/Me.tsx';
export { Wanted } from './panels/later/Wanted.tsx';
export { chime } from './phone/chime.ts';
export { canScan, scan } from './phone/scan.ts';
