/**
 * How two members find each other again after both got new ids from the hub: the name of their connection's
 * session is known to
 * them alone. It is never said; its hash together with the sender's new id, which the hub vouches for, proves
 * that one knows it.
 */
import { Sha256 } from './sha256.js';

/** Proofs in one signal: what the hub's limits on JSON let through. */
const PROOFS_PER_SIGNAL = 100;

/**
 * @param {string} session
 * @param {string} id the prover's own id
 * @returns {string}
 */
export function proof(session, id) {
  return new Sha256().update(new TextEncoder().encode(`${session}:${id}`)).hexDigest();
}

/**
 * @param {import('./member.js').Member[]} members whose connections we kept
 * @param {string} ownId
 * @returns {string[]}
 */
export function proofs(members, ownId) {
  return members.slice(0, PROOFS_PER_SIGNAL).map((member) => proof(member.link.session, ownId));
}

/**
 * @param {import('./member.js').Member[]} members whose connections we kept
 * @param {string} senderId as stamped by the hub
 * @param {unknown[]} shown the sender's proofs
 * @returns {import('./member.js').Member | undefined} the one whose other end the sender is
 */
export function findProven(members, senderId, shown) {
  const known = new Set(shown);
  return members.find((member) => known.has(proof(member.link.session, senderId)));
}
