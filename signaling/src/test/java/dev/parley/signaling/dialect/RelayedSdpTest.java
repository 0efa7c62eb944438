package dev.parley.signaling.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayedSdpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "candidate:1 1 udp 2113937151 192.168.1.7 54400 typ host generation 0",
                "candidate:1 1 udp 2113937151 9b36eaac-bb2e-49bb-bb78-21c41c499900.local 54400 typ host",
                "candidate:2 1 udp 1677729535 203.0.113.9 54400 typ srflx raddr 0.0.0.0 rport 0",
                "candidate:3 1 tcp 1518280447 fd00::7 9 typ host tcptype active",
                "candidate:4 1 UDP 1 203.0.113.9 54400 TYP PRFLX raddr 10.0.0.1 rport 9",
                "a=candidate:1 1 udp 2113937151 192.168.1.7 54400 typ host\r\n",
                "candidate:1 1 udp 1 relay 54400 typ",
                "candidate:",
            })
    void candidatesOfOthersThanRelaysAreGone(String line) {
        assertThat(RelayedSdp.isCandidate(line)).isTrue();
        assertThat(RelayedSdp.candidate(line)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "candidate:5 1 udp 33562367 198.51.100.1 50000 typ relay raddr 203.0.113.9 rport 54400 generation 0,"
                + "candidate:5 1 udp 33562367 198.51.100.1 50000 typ relay raddr 0.0.0.0 rport 9 generation 0",
        "candidate:5 1 udp 33562367 2001:db8::1 50000 typ relay raddr 2001:db8::9 rport 54400,"
                + "candidate:5 1 udp 33562367 2001:db8::1 50000 typ relay raddr :: rport 9",
        "a=candidate:5 1 udp 33562367 198.51.100.1 50000 typ relay,"
                + "a=candidate:5 1 udp 33562367 198.51.100.1 50000 typ relay",
    })
    void candidatesOfRelaysDoNotSayWhoseTheyAre(String line, String kept) {
        assertThat(RelayedSdp.isCandidate(line)).isTrue();
        assertThat(RelayedSdp.candidate(line)).isEqualTo(kept);
    }

    @Test
    void aDescriptionKeepsItsLinesWithoutAddresses() {
        String described = String.join(
                "\r\n",
                "v=0",
                "o=- 4611 2 IN IP4 192.168.1.7",
                "s=-",
                "t=0 0",
                "m=audio 54400 UDP/TLS/RTP/SAVPF 111",
                "c=IN IP4 203.0.113.9",
                "a=rtcp:54401 IN IP6 2001:db8::9",
                "a=candidate:1 1 udp 2113937151 192.168.1.7 54400 typ host",
                "a=candidate:5 1 udp 1 198.51.100.1 50000 typ relay raddr 203.0.113.9 rport 54400",
                "a=remote-candidates:1 203.0.113.9 54400",
                "a=ice-ufrag:Yg3h",
                "m=application 0 UDP/DTLS/SCTP webrtc-datachannel",
                "c=IN IP6 2001:db8::9",
                "a=x-note:candidate:1 1 udp 2113937151 192.168.1.7 54400",
                "");
        assertThat(RelayedSdp.isDescription(described)).isTrue();
        assertThat(RelayedSdp.description(described))
                .isEqualTo(String.join(
                        "\r\n",
                        "v=0",
                        "o=- 4611 2 IN IP4 0.0.0.0",
                        "s=-",
                        "t=0 0",
                        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
                        "c=IN IP4 0.0.0.0",
                        "a=rtcp:9 IN IP6 ::",
                        "a=candidate:5 1 udp 1 198.51.100.1 50000 typ relay raddr 0.0.0.0 rport 9",
                        "a=ice-ufrag:Yg3h",
                        "m=application 0 UDP/DTLS/SCTP webrtc-datachannel",
                        "c=IN IP6 ::",
                        ""));
    }

    @Test
    void anyEndOfLineIsOne() {
        assertThat(RelayedSdp.description("v=0\nc=IN IP4 1.2.3.4\ra=b\r\n"))
                .isEqualTo("v=0\nc=IN IP4 0.0.0.0\ra=b\r\n");
    }

    @Test
    void otherTextsAreNeither() {
        assertThat(RelayedSdp.isCandidate("the candidate: elected")).isFalse();
        assertThat(RelayedSdp.isDescription("the candidate: elected")).isFalse();
        assertThat(RelayedSdp.mentionsCandidate("the candidate: elected")).isFalse();
    }
}
