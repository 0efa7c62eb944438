package dev.parley.it.router;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The peer, run in its namespace: prints {@code heard LENGTH} for each datagram and sends it back in other letters,
 * with a traffic class of its own. The arguments are the addresses to listen at.
 */
final class PeerProgram {
    static final int PORT = 7000;

    /** DSCP 10 and ECT(1). */
    static final int TRAFFIC_CLASS = 10 << 2 | 0b01;

    private static final int LONGEST = 65_535;

    private PeerProgram() {}

    public static void main(String[] addresses) throws IOException, InterruptedException {
        Thread[] echoes = new Thread[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            var socket = new DatagramSocket(PORT, InetAddress.getByName(addresses[i]));
            socket.setTrafficClass(TRAFFIC_CLASS);
            echoes[i] = Thread.ofPlatform().start(() -> echo(socket));
        }
        System.out.println("listening");
        for (Thread echo : echoes) {
            echo.join();
        }
    }

    private static void echo(DatagramSocket socket) {
        try {
            var packet = new DatagramPacket(new byte[LONGEST], LONGEST);
            while (true) {
                packet.setLength(LONGEST);
                socket.receive(packet);
                byte[] heard = Arrays.copyOf(packet.getData(), packet.getLength());
                System.out.println("heard " + heard.length);
                if (heard.length > 0) {
                    byte[] answer = new String(heard, StandardCharsets.US_ASCII)
                            .toUpperCase(java.util.Locale.ROOT)
                            .getBytes(StandardCharsets.US_ASCII);
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException ended) {
            System.out.println("ended: " + ended.getMessage());
        }
    }
}
