/** An application in TypeScript: what it writes has to be what the types say, and what it may not write is refused. */
import { joinRoom, openRoom, ParleyError, pathFromStats, randomText, Sha256 } from 'parley-client';
import type { FileSink, IncomingTransfer, Member, Path, Room, TransferFile } from 'parley-client';

export async function meet(token: string): Promise<Room> {
  const room = await joinRoom({
    url: 'https://meet.example.org/ws',
    room: `team-${randomText(20)}`,
    name: 'Ann',
    metadata: { colour: 'green' },
    iceTransportPolicy: 'relay',
    token,
  });
  room.addEventListener('memberjoin', ({ detail }) => greet(detail));
  room.addEventListener('message', ({ detail: { member, data } }) => console.log(member.name, data));
  room.addEventListener('stream', ({ detail: { stream } }) => show(stream));
  room.addEventListener('streamend', ({ detail: { member } }) => console.log(member.id));
  room.addEventListener('statechange', ({ detail }) => detail.state === 'waiting' && console.log('at the door'));
  room.addEventListener('knock', ({ detail }) => room.admit(detail.id));
  room.addEventListener('knockended', ({ detail }) => console.log(detail.knock.name, detail.reason));
  room.addEventListener('offer', ({ detail }) => take(detail));
  room.addEventListener('credentialschange', ({ detail }) => console.log(detail.renewsMillis - Date.now()));
  room.addEventListener('wire', ({ detail }) => console.log(detail.sent, detail.message));
  room.addEventListener('error', ({ detail }) => console.log(detail.code));
  room.configure({ locked: true, waitingRoom: true, relayOnly: true, maxMembers: 5, password: null });
  room.set('topic', { text: 'tea' });
  room.values.get('topic');
  // @ts-expect-error an event nobody sends
  room.addEventListener('statechange', ({ detail }) => detail.unknown);
  // @ts-expect-error a room needs its name
  await joinRoom({ name: 'Bob' });
  // @ts-expect-error only the room changes its state
  room.state = 'joined';
  return room;
}

async function greet(member: Member): Promise<void> {
  member.send({ hello: member.name });
  member.openChannel('chess', { ordered: true }).send('e4');
  const path: Path | null = member.connection && pathFromStats(await member.connection.getStats());
  console.log(path?.relayed, path?.protocol, member.path?.roundTripMillis);
}

function take(transfer: IncomingTransfer): void {
  const openSink = async (file: TransferFile): Promise<FileSink> => ({
    write: async (bytes) => console.log(file.name, bytes.length),
    close: async () => undefined,
    abort: async () => undefined,
  });
  transfer.addEventListener('change', () => transfer.state === 'interrupted' && console.log(transfer.bytes));
  transfer.accept({ openSink });
}

export async function call(room: Room): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  room.addStream(stream);
  const [camera] = stream.getVideoTracks();
  const [screen] = (await navigator.mediaDevices.getDisplayMedia()).getVideoTracks();
  if (camera && screen) await room.replaceTrack(camera, screen);
  room.removeStream(stream);
}

function show(stream: MediaStream): void {
  document.querySelector('video')!.srcObject = stream;
}

export function open(): Room | string {
  try {
    return openRoom({ room: 'garden' });
  } catch (error) {
    return error instanceof ParleyError ? error.code : new Sha256().update(new Uint8Array(1)).hexDigest();
  }
}
