/** Lets files be dropped onto an element. */

/** A file dropped beside its target would otherwise replace this page. */
export function guardPage() {
  for (const type of ['dragover', 'drop']) addEventListener(type, (event) => event.preventDefault());
}

/**
 * @param {HTMLElement} element gets the class `drop-over` while files hover over it
 * @param {() => boolean} ready whether files can be taken now
 * @param {(files: File[], folders: number) => void} take called with what was dropped, and how many folders
 *     were left out
 * @param {AbortSignal} [signal] ends it
 */
export function acceptDrops(element, ready, take, signal) {
  let depth = 0; // enter and leave come for every child too
  const hover = (change) => {
    depth = Math.max(0, depth + change);
    element.classList.toggle('drop-over', depth > 0 && ready());
  };
  element.addEventListener('dragenter', (event) => carriesFiles(event) && hover(1), { signal });
  element.addEventListener('dragleave', (event) => carriesFiles(event) && hover(-1), { signal });
  const over = (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = ready() ? 'copy' : 'none';
  };
  const drop = (event) => {
    hover(-depth);
    if (!carriesFiles(event) || !ready()) return;
    const items = [...event.dataTransfer.items].filter((item) => item.kind === 'file');
    const files = items.filter((item) => !item.webkitGetAsEntry?.()?.isDirectory).map((item) => item.getAsFile());
    take(files, items.length - files.length);
  };
  element.addEventListener('dragover', over, { signal });
  element.addEventListener('drop', drop, { signal });
}

function carriesFiles({ dataTransfer }) {
  return dataTransfer?.types.includes('Files') ?? false;
}
