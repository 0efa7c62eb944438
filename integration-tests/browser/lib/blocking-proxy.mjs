/** A proxy of the kind that lets no WebSocket through: requests pass, upgrades are cut. */
import { createServer, request } from 'node:http';
import { once } from 'node:events';

/** @param {string} base of the server behind it */
export async function startBlockingProxy(base) {
  const { hostname, port } = new URL(base);
  let cut = 0;
  const proxy = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const onward = request({ hostname, port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  proxy.on('upgrade', (_, socket) => {
    cut++;
    socket.destroy();
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    base: `http://127.0.0.1:${proxy.address().port}`,
    cut: () => cut,
    close() {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
