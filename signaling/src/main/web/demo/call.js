/** The call: this page's camera and microphone, and everybody else's. */
import { byId, fromTemplate, setText } from './dom.js';
import { memberName } from './texts.js';

const REFUSED = 'The camera or the microphone cannot be used. Allow it for this page in the browser, and try again.';
const INSECURE = 'Browsers give a page the camera only over HTTPS. Open this room over HTTPS, or on localhost.';
const MISSING = 'No camera or no microphone was found. Plug one in, or try with the microphone only.';

export class Call {
  #room;
  #notify;
  #stream = null;
  #tileByStream = new Map();
  #asking = false;

  /**
   * @param {import('../parley/room.js').Room} room
   * @param {AbortSignal} signal ends it
   * @param {(text: string | null) => void} notify
   */
  constructor(room, signal, notify) {
    this.#room = room;
    this.#notify = notify;
    byId('tiles').replaceChildren();
    const click = (id, act) => byId(id).addEventListener('click', act, { signal });
    click('call-video', () => this.#start({ audio: true, video: true }));
    click('call-audio', () => this.#start({ audio: true }));
    click('mute', () => this.#toggle('mute', 'Audio', 'Mute', 'Unmute'));
    click('blind', () => this.#toggle('blind', 'Video', 'Camera off', 'Camera on'));
    click('hang-up', () => this.#hangUp());
    const on = (type, act) => room.addEventListener(type, ({ detail }) => act(detail), { signal });
    on('stream', ({ member, stream }) => this.#add(stream, memberName(member), false));
    on('streamend', ({ stream }) => this.#remove(stream));
    on('statechange', ({ state }) => state === 'closed' && this.#hangUp());
    signal.addEventListener('abort', () => this.#end());
    this.#update();
  }

  async #start(wanted) {
    if (this.#asking || this.#stream) return;
    this.#asking = true;
    try {
      if (!navigator.mediaDevices) throw new DOMException(INSECURE, 'SecurityError');
      const stream = await navigator.mediaDevices.getUserMedia(wanted);
      if (this.#room.state === 'closed') stream.getTracks().forEach((track) => track.stop());
      else this.#begin(stream);
    } catch (error) {
      this.#notify({ NotFoundError: MISSING, SecurityError: INSECURE }[error.name] ?? REFUSED);
    } finally {
      this.#asking = false;
    }
  }

  #begin(stream) {
    this.#notify(null);
    this.#stream = stream;
    this.#room.addStream(stream);
    this.#add(stream, 'You', true);
    byId('mute').focus();
  }

  #hangUp() {
    if (!this.#stream) return;
    this.#room.removeStream(this.#stream);
    this.#stream.getTracks().forEach((track) => track.stop());
    this.#remove(this.#stream);
    this.#stream = null;
    this.#update();
  }

  #end() {
    this.#hangUp();
    for (const stream of [...this.#tileByStream.keys()]) this.#remove(stream);
  }

  #toggle(id, kind, off, on) {
    const tracks = this.#stream?.[`get${kind}Tracks`]() ?? [];
    const enabled = !tracks.some((track) => track.enabled);
    for (const track of tracks) track.enabled = enabled;
    byId(id).setAttribute('aria-pressed', String(!enabled));
    setText(byId(id), enabled ? off : on);
  }

  #add(stream, name, own) {
    const { root, part } = fromTemplate('tile-template');
    root.dataset.own = String(own);
    const video = part('video');
    video.muted = own; // one's own voice would echo
    video.srcObject = stream;
    setText(part('name'), name);
    video.setAttribute('aria-label', own ? 'Your camera' : `Camera of ${name}`);
    const showKind = () => (root.dataset.sound = String(stream.getVideoTracks().length === 0));
    stream.addEventListener('addtrack', showKind);
    showKind();
    this.#tileByStream.set(stream, root);
    byId('tiles').append(root);
    this.#update();
  }

  #remove(stream) {
    this.#tileByStream.get(stream)?.remove();
    this.#tileByStream.delete(stream);
    this.#update();
  }

  #update() {
    const calling = this.#stream !== null;
    byId('stage').hidden = this.#tileByStream.size === 0;
    byId('call-actions').hidden = calling;
    byId('mute').hidden = byId('hang-up').hidden = !calling;
    byId('blind').hidden = !calling || this.#stream.getVideoTracks().length === 0;
    for (const [id, text] of [['mute', 'Mute'], ['blind', 'Camera off']]) {
      if (calling) continue;
      byId(id).setAttribute('aria-pressed', 'false');
      setText(byId(id), text);
    }
  }
}
