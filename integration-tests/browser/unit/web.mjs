/** Where the browser client lies, seen from here. */
export const WEB = new URL('../../../signaling/src/main/web/', import.meta.url);

/** @param {string} path of a module of the browser client */
export const load = (path) => import(new URL(path, WEB));
