/**
 * Copies a link. On a page that came over plain HTTP from another host browsers have no clipboard API, so
 * there is an older way.
 */

/**
 * @param {HTMLInputElement} input whose text to copy
 * @returns {Promise<boolean>} false if the browser lets us do neither; then the text is selected for the user
 *     to copy
 */
export async function copyFrom(input) {
  try {
    await navigator.clipboard.writeText(input.value);
    return true;
  } catch {
    input.focus();
    input.select();
    return document.execCommand('copy');
  }
}
