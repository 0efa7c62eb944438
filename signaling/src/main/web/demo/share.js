/** The room's link as a QR code, for a phone that is held up to the screen. */
import { byId } from './dom.js';
import { qrPicture } from './qr/qr.js';

/** Shows the link in the page as a picture, or hides the button where the link is too long for one. */
export function offerQr() {
  const picture = qrPicture(byId('link').value);
  byId('show-qr').hidden = picture === null;
  byId('qr-picture').replaceChildren(...(picture ? [picture] : []));
}

/** Once for the page. */
export function bindQr() {
  const dialog = byId('qr');
  byId('show-qr').addEventListener('click', () => dialog.showModal());
  // A click beside the picture meets the dialog itself, and closes it as people expect.
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
}
