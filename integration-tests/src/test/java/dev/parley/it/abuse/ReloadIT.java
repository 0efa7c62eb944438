package dev.parley.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Credentials;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TurnClient;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running server takes a changed configuration: a live flow stops when its peer becomes denied, and not before. */
class ReloadIT {
    private static final int CHANNEL = 0x4000;
    private static final String TOKEN = "an-admin-token-for-integration-tests";
    private static final Duration SILENCE = Duration.ofMillis(700);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aTightenedDenyListStopsALiveFlowAndAWrongFileDoesNot() throws Exception {
        Path file = write("turn: {peers: {allow: [127.0.0.0/8]}}");
        try (ParleyProcess parley = start(file);
                DatagramSocket peer = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                TurnClient client = new TurnClient(parley.turnAddress(), Credentials.of("ann"))) {
            Flow flow = new Flow(client, peer, client.allocate());
            assertThat(client.bindChannel(CHANNEL, flow.peerAddress()).isSuccess())
                    .isTrue();
            assertThat(flow.passesUp()).isTrue();
            assertThat(flow.passesDown()).isTrue();

            write("turn: {peers: {allow: [127.0.0.0/8], deny: [127.0.0.1/33]}}");
            hangUp(parley, "configuration not reloaded (SIGHUP): the old one stays in force");
            assertThat(parley.log()).contains("line 1: turn.peers.deny must be a CIDR block");
            assertThat(flow.passesUp()).isTrue();
            assertThat(flow.passesDown()).isTrue();

            write("turn: {peers: {allow: [127.0.0.0/8], deny: [127.0.0.1/32]}}");
            hangUp(parley, "configuration reloaded (SIGHUP): changed turn.peers.deny");
            assertThat(flow.passesUp()).isFalse();
            assertThat(flow.passesDown()).isFalse();
            assertThat(client.permit(flow.peerAddress()).code()).isEqualTo(403);
            assertThat(client.bindChannel(CHANNEL, flow.peerAddress()).code()).isEqualTo(403);
            assertThat(metrics(parley))
                    .contains("parley_config_reloads_total{result=\"applied\"} 1.0")
                    .contains("parley_config_reloads_total{result=\"refused\"} 1.0");

            write("turn: {peers: {allow: [127.0.0.0/8]}}");
            assertThat(post(parley, TOKEN)).isEqualTo(200);
            assertThat(client.bindChannel(CHANNEL, flow.peerAddress()).code()).isZero();
            assertThat(flow.passesUp()).isTrue();
        }
    }

    @Test
    void aChangedFileIsTakenWithoutASignalAndAWrongOneLeavesTheOldInForce() throws Exception {
        Path file = write("turn: {quota: {per-user: 2}}");
        try (ParleyProcess parley = start(file)) {
            write("turn: {quota: {per-user: 3}}");
            awaitLog(parley, "configuration reloaded (changed file): changed turn.quota.per-user");
            write("turn: {quota: {per-user: many}}");
            awaitLog(
                    parley,
                    "configuration not reloaded (changed file): the old one stays in force: " + file
                            + " line 1: turn.quota.per-user");
            assertThat(metrics(parley))
                    .contains("parley_config_reloads_total{result=\"applied\"} 1.0")
                    .contains("parley_config_reloads_total{result=\"refused\"} 1.0");
        }
    }

    @Test
    void row3TheAdminRequestNeedsItsToken() throws Exception {
        Path file = write("turn: {peers: {allow: [127.0.0.0/8]}}");
        try (ParleyProcess parley = start(file)) {
            assertThat(post(parley, "an-admin-token-of-somebody-else-maybe")).isEqualTo(401);
            assertThat(post(parley, TOKEN)).isEqualTo(200);
            write("turn: {quota: {total: -1}}");
            assertThat(post(parley, TOKEN)).isEqualTo(422);
            assertThat(parley.log()).doesNotContain(TOKEN);
        }
    }

    @Test
    void row12AReloadedQuotaHoldsForTheNextAllocation() throws Exception {
        Path file = write("turn: {quota: {per-user: 2}}");
        try (ParleyProcess parley = start(file)) {
            Credentials ann = Credentials.of("ann");
            try (TurnClient first = new TurnClient(parley.turnAddress(), ann);
                    TurnClient second = new TurnClient(parley.turnAddress(), ann);
                    TurnClient third = new TurnClient(parley.turnAddress(), ann)) {
                first.allocate();
                second.allocate();
                assertThat(third.tryAllocate().code()).isEqualTo(486);

                write("turn: {quota: {per-user: 3}}");
                hangUp(parley, "changed turn.quota.per-user");
                assertThat(third.tryAllocate().isSuccess()).isTrue();
            }
            assertThat(parley.log()).contains("refused user-quota for 127.0.0.0/24");
        }
    }

    private static ParleyProcess start(Path file) {
        return ParleyProcess.plan()
                .set("turn.relay-address", "127.0.0.1")
                .set("admin.token", TOKEN)
                .config(file)
                .start();
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("parley.yaml"), yaml);
    }

    private static void hangUp(ParleyProcess parley, String logged) {
        Command.require("kill", "-HUP", String.valueOf(parley.pid()));
        awaitLog(parley, logged);
    }

    private static void awaitLog(ParleyProcess parley, String logged) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> parley.log().contains(logged));
    }

    private static String metrics(ParleyProcess parley) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(parley, "/metrics")).build()).body();
    }

    private static int post(ParleyProcess parley, String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(parley, "/api/v1/admin/reload"))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .statusCode();
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static URI uri(ParleyProcess parley, String path) {
        return URI.create("http://127.0.0.1:" + parley.adminPort() + path);
    }

    /** What a client sends to its peer by the relay, and back. */
    private record Flow(TurnClient client, DatagramSocket peer, TransportAddress relayed) {
        TransportAddress peerAddress() {
            return TransportAddress.ofInetSocketAddress((InetSocketAddress) peer.getLocalSocketAddress());
        }

        boolean passesUp() throws IOException {
            client.send(peerAddress(), "up".getBytes(StandardCharsets.UTF_8));
            peer.setSoTimeout((int) SILENCE.toMillis());
            try {
                DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                peer.receive(packet);
                return packet.getPort() == relayed.port();
            } catch (SocketTimeoutException silence) {
                return false;
            }
        }

        boolean passesDown() throws IOException {
            byte[] payload = "down".getBytes(StandardCharsets.UTF_8);
            peer.send(new DatagramPacket(payload, payload.length, InetAddress.getLoopbackAddress(), relayed.port()));
            return client.receiveText(SILENCE).contains("down");
        }
    }
}
