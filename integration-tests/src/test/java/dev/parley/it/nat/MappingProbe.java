package dev.parley.it.nat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * Asks several echoes, from one and the same socket, which address they see; prints one line an echo. Run inside a
 * client's namespace. An echo that stays silent gives the line {@code silent}.
 */
final class MappingProbe {
    private static final int PATIENCE_MILLIS = 700;

    private MappingProbe() {}

    /** The arguments are pairs of address and port. */
    public static void main(String[] arguments) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            for (int i = 0; i < arguments.length; i += 2) {
                InetAddress address = InetAddress.getByName(arguments[i]);
                System.out.println(ask(socket, address, Integer.parseInt(arguments[i + 1])));
            }
        }
    }

    private static String ask(DatagramSocket socket, InetAddress address, int port) {
        try {
            socket.send(new DatagramPacket(new byte[] {1}, 1, address, port));
            var answer = new DatagramPacket(new byte[100], 100);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
            return "silent";
        } catch (IOException unreachable) {
            return "silent";
        }
    }
}
