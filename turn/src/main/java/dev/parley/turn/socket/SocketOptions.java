package dev.parley.turn.socket;

/**
 * How a socket is to be opened.
 *
 * @param sharesPort whether sockets of other event loops of this process may have the same address (SO_REUSEPORT)
 * @param reportsErrors whether ICMP errors go to {@link DatagramReceiver#icmpError}
 * @param queueBytes asked of the kernel for its receive and send queues
 */
public record SocketOptions(boolean sharesPort, boolean reportsErrors, int queueBytes) {}
