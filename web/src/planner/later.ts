// What the page needs only when it is asked for: dialogs and files to take away. Fetched then.
export * as files from './exports.ts';
export { Help } from './panels/Help.tsx';
export { PrintSheet } from './panels/PrintSheet.tsx';
