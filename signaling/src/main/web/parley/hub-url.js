/**
 * @param {string | URL} [url]
 * @returns {string} the WebSocket address of the hub: by default the one this page came from
 */
export function hubUrl(url) {
  const hub = new URL(url ?? '/ws', location.href);
  hub.protocol = hub.protocol.replace('http', 'ws');
  return hub.href;
}
