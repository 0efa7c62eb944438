/** A program outside any browser: it imports the package, and learns that it cannot join without WebRTC. */
import * as parley from 'parley-client';

const refusal = await parley.joinRoom({ room: 'garden' }).catch((error) => error);
const hash = new parley.Sha256().update(new TextEncoder().encode('abc')).hexDigest();
console.log(JSON.stringify({ exports: Object.keys(parley).sort(), code: refusal.code, hash }));
