/**
 * Writes a large file straight to the disk, where the browser can: the File System Access API of Chromium,
 * over HTTPS only.
 */

/** Smaller files are kept by the browser until they are saved, which asks one question less. */
const DISK_BYTES = 512 * 1024 * 1024;

/** Without that API, a file above this size may be more than the browser keeps. */
const DOUBTFUL_BYTES = 2 * 1024 * 1024 * 1024;

/**
 * @param {import('../parley/file-transfer.js').FileTransfer} transfer
 * @returns {boolean} whether to ask for a place on the disk before it starts
 */
export function savesToDisk({ files, size }) {
  return 'showSaveFilePicker' in window && files.length === 1 && size >= DISK_BYTES;
}

/**
 * @param {import('../parley/file-transfer.js').FileTransfer} transfer
 * @returns {string | null} a warning to show with the offer
 */
export function sizeWarning(transfer) {
  if (savesToDisk(transfer) || transfer.size < DOUBTFUL_BYTES) return null;
  return isSecureContext
    ? 'This is a lot for a browser to keep until you save it. It needs as much free room on the disk.'
    : 'This is a lot for a browser to keep until you save it. Over HTTPS it could be written straight to the disk.';
}

/**
 * Asks where to save the file.
 * @param {import('../parley/file-transfer.js').TransferFile} file
 * @returns {Promise<(() => Promise<FileSystemWritableFileStream>) | null>} null if the user thought better of it
 */
export async function openSaveSink(file) {
  try {
    const handle = await window.showSaveFilePicker({ suggestedName: file.name });
    return () => handle.createWritable();
  } catch {
    return null;
  }
}
