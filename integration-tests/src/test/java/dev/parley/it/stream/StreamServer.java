package dev.parley.it.stream;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.FreePorts;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.wire.Client;
import dev.parley.it.wire.Link;
import dev.parley.it.wire.Login;
import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server with a certificate, on loopback, and its clients and metrics. */
final class StreamServer implements AutoCloseable {
    /** Connections from here come from a hop that speaks PROXY. */
    static final String HOP = "127.0.0.99";

    private static final int CONNECTION_BIND = 0x00B;
    private static final int CONNECTION_ID = 0x002A;

    private final ParleyProcess parley;
    private final int tlsPort = FreePorts.find();

    /** @param settings keys and values by turns */
    StreamServer(String... settings) {
        Path folder = folder();
        Command.require(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                folder.resolve("key.pem").toString(),
                "-out",
                folder.resolve("certificate.pem").toString(),
                "-days",
                "30",
                "-subj",
                "/CN=turn.example.org");
        ParleyProcess.Plan plan = ParleyProcess.loopbackPlan()
                .set("turn.tls-port", tlsPort)
                .set("tls.certificate", folder.resolve("certificate.pem"))
                .set("tls.private-key", folder.resolve("key.pem"))
                .set("turn.proxy-protocol", HOP + "/32");
        for (int i = 0; i < settings.length; i += 2) {
            plan.set(settings[i], settings[i + 1]);
        }
        parley = plan.start();
    }

    InetSocketAddress address(Transport transport) {
        int port = transport == Transport.TLS ? tlsPort : parley.turnPort();
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    Client client(Transport transport) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new Client(
                Link.open(transport, any, address(transport)),
                transport,
                Login.timeLimited("guest", ParleyProcess.SECRET),
                true);
    }

    /** A TCP allocation (RFC 6062) over this connection; its relayed address. */
    static InetSocketAddress allocateTcp(Client control) {
        return control.ask(Packet.request(Wire.ALLOCATE)
                        .attribute(Wire.REQUESTED_TRANSPORT, (byte) Wire.TCP, (byte) 0, (byte) 0, (byte) 0))
                .expectSuccess()
                .address(Wire.XOR_RELAYED_ADDRESS);
    }

    /** A new connection of the client that carries the peer's bytes from now on. */
    Client bound(Transport transport, Message connected) {
        Client data = client(transport);
        data.ask(Packet.request(CONNECTION_BIND)
                        .attribute(
                                CONNECTION_ID, connected.require(CONNECTION_ID).bytes()))
                .expectSuccess();
        return data;
    }

    String log() {
        return parley.log();
    }

    /** What the admin endpoint says about users. */
    String users(String token) {
        return get("/api/v1/admin/users", token);
    }

    private String get(String path, String token) {
        URI page = URI.create("http://127.0.0.1:" + parley.adminPort() + path);
        HttpRequest request = HttpRequest.newBuilder(page)
                .header("Authorization", "Bearer " + token)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    long pid() {
        return parley.pid();
    }

    /** The value of a metric, with its labels. */
    double metric(String name) {
        return get("/metrics", "none")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    double ended(String reason) {
        return metric("parley_turn_connections_ended_total{reason=\"" + reason + "\"}");
    }

    /** Heap that is really in use. */
    double heapBytes() {
        Command.require(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), pid() + "", "GC.run");
        return metric("jvm_memory_used_bytes{area=\"heap\"}");
    }

    int descriptors() {
        try (var open = Files.list(Path.of("/proc", pid() + "", "fd"))) {
            return (int) open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("parley-certificate");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        parley.close();
    }
}
