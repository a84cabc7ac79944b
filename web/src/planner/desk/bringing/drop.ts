// Files that are dragged over the page: who may import them sees where to let go.
export interface DropHooks {
  canPlan(): boolean;
  bring(file: File): void;
  /** What is said while a file is over the page. */
  say(): string;
}

const hasFile = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;

export function listenForFiles({ canPlan, bring, say }: DropHooks): void {
  const { body } = document;
  const end = () => delete body.dataset.drop;
  addEventListener('dragover', (event) => {
    if (!hasFile(event)) return;
    // Otherwise the browser would leave the page and show the file.
    event.preventDefault();
    if (canPlan()) body.dataset.drop = say();
    else if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none';
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) end();
  });
  addEventListener('drop', (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    end();
    const [file] = event.dataTransfer?.files ?? [];
    if (file !== undefined && canPlan()) bring(file);
  });
}
