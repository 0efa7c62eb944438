/** Holds the same conversation with two servers and says where what they did differs. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import WebSocket from 'ws';

const QUIET_MILLIS = 150;

/** A TCP port of this host that nobody has. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Reports with one line and ends the process.
 * @param {string} name of the script
 * @param {string[]} stock what the stock server did
 * @param {string[]} ours what Parley did
 */
export function compare(name, stock, ours) {
  const differences = stock.flatMap((line, i) => (line === ours[i] ? [] : [`stock ${line} | Parley ${ours[i]}`]));
  if (stock.length !== ours.length) differences.push(`${stock.length} lines and ${ours.length}`);
  const same = differences.length === 0 && stock.length > 0;
  console.log(same ? `PASS ${name}: ${stock.length} lines are the same` : `FAIL ${name}: ${differences.join(' || ')}`);
  process.exit(same ? 0 : 1);
}

/** A connection whose frames and end become lines; resolves when nothing more comes at once. */
export async function socket(lines, name, address) {
  const connection = new WebSocket(address);
  connection.on('message', (data, binary) => lines.push(`${name} ${binary ? 'binary ' : ''}${data}`));
  connection.on('close', (code) => lines.push(`${name} closed ${code}`));
  connection.on('error', (error) => lines.push(`${name} ${error.message}`));
  await once(connection, 'open');
  await quiet();
  return {
    async say(frame) {
      const data = typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame);
      connection.send(data, { binary: Buffer.isBuffer(frame) });
      await quiet();
    },
    async next(patienceMillis) {
      await Promise.race([once(connection, 'message'), quiet(patienceMillis)]);
      await quiet(600);
    },
    async leave() {
      connection.close();
      await quiet();
    },
  };
}

function quiet(millis = QUIET_MILLIS) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
