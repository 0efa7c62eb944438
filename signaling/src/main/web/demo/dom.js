/** The few things the page does with its elements all the time. */

/**
 * @param {string} id
 * @returns {any} the element, which is known to be in the page
 */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * Makes a copy of a template of the page.
 * @param {string} templateId
 * @returns {{root: HTMLElement, part: (name: string) => any}} the copy, and its parts by `data-part`
 */
export function fromTemplate(templateId) {
  const root = byId(templateId).content.firstElementChild.cloneNode(true);
  return { root, part: (name) => root.querySelector(`[data-part="${name}"]`) };
}

/** Sets the text only where it changed, so that screen readers and selections are left in peace. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Says something to people who do not see the page. */
export function announce(text) {
  byId('announcement').textContent = text;
}

/**
 * Shows an initial on a colour that belongs to the member.
 * @param {HTMLElement} element
 * @param {string} name
 */
export function showAvatar(element, name) {
  const letters = [...name.trim()];
  setText(element, (letters[0] ?? '?').toUpperCase());
  const hue = letters.reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);
  element.style.setProperty('--hue', String(hue));
}
