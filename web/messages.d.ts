// The words of one part of the page: see `messages/parts.ts`.
declare module '*.json?first' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?later' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?desk' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?report' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?notices' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?bringing' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?placing' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?wishes' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?work' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?patrols' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?sheets' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?roster' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?list' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?walked' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?responders' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?beside' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?volunteer' {
  const words: Record<string, string>;
  export default words;
}
