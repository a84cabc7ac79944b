// Jobs of the service, whatever they look for.

export const isOver = ({ state }: { readonly state: string }) => state === 'done' || state === 'failed';
