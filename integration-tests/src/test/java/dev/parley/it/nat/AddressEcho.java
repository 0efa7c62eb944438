package dev.parley.it.nat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Tells whoever sends a datagram which address it came from, on each of its own sockets; run inside the server's
 * namespace.
 */
final class AddressEcho {
    private AddressEcho() {}

    /** The arguments are pairs of address and port. */
    public static void main(String[] arguments) throws IOException {
        for (int i = 0; i < arguments.length; i += 2) {
            InetAddress address = InetAddress.getByName(arguments[i]);
            var socket = new DatagramSocket(new InetSocketAddress(address, Integer.parseInt(arguments[i + 1])));
            Thread.ofPlatform().start(() -> answerForever(socket));
        }
        System.out.println("listening");
    }

    private static void answerForever(DatagramSocket socket) {
        byte[] buffer = new byte[1500];
        while (true) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] answer = (packet.getAddress().getHostAddress() + " " + packet.getPort())
                        .getBytes(StandardCharsets.US_ASCII);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                System.err.println("the echo stopped: " + e.getMessage());
                return;
            }
        }
    }
}
