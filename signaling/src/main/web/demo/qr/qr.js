/** QR codes for links, without a library, so that the page loads nothing from elsewhere. */
import { encode } from './codewords.js';
import { draw } from './matrix.js';

const SVG = 'http://www.w3.org/2000/svg';
const QUIET_MODULES = 4;

/**
 * @param {string} text at most 666 bytes
 * @returns {boolean[][] | null} rows of modules, true for dark ones; null if the text is too long
 */
export function qrModules(text) {
  const encoded = encode(text);
  return encoded && draw(encoded.version, encoded.codeWords);
}

/**
 * @param {string} text
 * @returns {SVGElement | null} black on white, whatever the colours of the page, so that every reader sees it
 */
export function qrPicture(text) {
  const modules = qrModules(text);
  if (!modules) return null;
  const size = modules.length + 2 * QUIET_MODULES;
  const dark = modules.flatMap((row, y) =>
    row.flatMap((on, x) => (on ? [`M${x + QUIET_MODULES} ${y + QUIET_MODULES}h1v1h-1z`] : [])),
  );
  const picture = svg('svg', { viewBox: `0 0 ${size} ${size}`, 'shape-rendering': 'crispEdges' });
  picture.append(
    svg('rect', { width: size, height: size, fill: '#fff' }),
    svg('path', { d: dark.join(''), fill: '#000' }),
  );
  return picture;
}

function svg(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
