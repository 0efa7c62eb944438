/** One file transfer, as a card: the question, the progress, the result. */
import { fromTemplate, setText } from './dom.js';
import { formatBytes, formatFiles } from './format.js';
import { openSaveSink, savesToDisk, sizeWarning } from './save.js';
import { transferText, whoText } from './texts.js';

/** Shows a transfer; `data-state` and `data-direction` of its element say the same to tests. */
export class TransferCard {
  #transfer;
  #part;
  #rows;
  #urls = [];

  /** @param {import('../parley/file-transfer.js').FileTransfer} transfer */
  constructor(transfer) {
    this.#transfer = transfer;
    const { root, part } = fromTemplate('transfer-template');
    this.root = root;
    this.#part = part;
    root.dataset.id = transfer.id;
    root.dataset.direction = transfer.direction;
    setText(part('title'), formatFiles(transfer.files));
    part('title').title = transfer.files.map((file) => file.name).join('\n');
    part('accept').addEventListener('click', () => this.#accept());
    part('decline').addEventListener('click', () => transfer.decline());
    part('cancel').addEventListener('click', () => transfer.cancel());
    this.#rows = transfer.files.map((file) => this.#fileRow(file));
    part('files').classList.toggle('single', transfer.files.length === 1);
    part('files').append(...this.#rows.map((row) => row.root));
    transfer.addEventListener('change', () => this.update());
    transfer.addEventListener('progress', () => this.update());
    this.update();
  }

  /** Shows what is true now. */
  update() {
    const transfer = this.#transfer;
    const { state, direction } = transfer;
    this.root.dataset.state = state;
    setText(this.#part('who'), whoText(transfer));
    const warning = state === 'offered' && direction === 'receive' ? sizeWarning(transfer) : null;
    setText(this.#part('state'), [transferText(transfer), warning].filter(Boolean).join('. '));
    this.#part('accept').hidden = this.#part('decline').hidden = state !== 'offered' || direction === 'send';
    this.#part('cancel').hidden = transfer.ended || (state === 'offered' && direction === 'receive');
    this.#part('actions').hidden = transfer.ended;
    this.#updateProgress(transfer);
    this.#part('files').hidden = state !== 'done' && transfer.files.length === 1;
    transfer.files.forEach((file, index) => this.#updateFile(file, this.#rows[index]));
  }

  /** The card is no longer shown; what was not saved is let go. */
  close() {
    this.#urls.forEach((url) => URL.revokeObjectURL(url));
    this.root.remove();
  }

  async #accept() {
    const transfer = this.#transfer;
    if (!savesToDisk(transfer)) {
      transfer.accept();
      return;
    }
    const openSink = await openSaveSink(transfer.files[0]);
    if (openSink) transfer.accept({ openSink });
  }

  #updateProgress(transfer) {
    const progress = this.#part('progress');
    progress.hidden = !['active', 'interrupted'].includes(transfer.state);
    const percent = transfer.size === 0 ? 100 : Math.floor((transfer.bytes / transfer.size) * 100);
    progress.setAttribute('aria-valuenow', String(percent));
    progress.setAttribute('aria-label', `Progress of ${formatFiles(transfer.files)}`);
    this.#part('fill').style.width = `${percent}%`;
  }

  #fileRow(file) {
    const row = fromTemplate('file-template');
    row.root.dataset.name = file.name;
    setText(row.part('name'), file.name);
    setText(row.part('size'), formatBytes(file.size));
    return row;
  }

  #updateFile(file, { root, part }) {
    if (!file.verified || root.dataset.verified) return;
    root.dataset.verified = 'true';
    root.dataset.sha256 = file.sha256;
    part('hash').hidden = false;
    setText(part('sha256'), file.sha256);
    if (!file.blob) return;
    const url = URL.createObjectURL(file.blob);
    this.#urls.push(url);
    const save = part('save');
    save.href = url;
    save.download = file.name;
    save.hidden = false;
    save.setAttribute('aria-label', `Save ${file.name}`);
  }
}
