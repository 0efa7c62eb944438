package dev.parley.turn.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClientTransportTest {
    @Test
    void aListenersNumberTellsItsTransport() {
        for (ClientTransport transport : ClientTransport.values()) {
            for (int index : new int[] {0, 1, ClientTransport.MOST_LISTENERS - 1}) {
                int listener = transport.listener(index);
                assertThat(ClientTransport.of(listener)).isEqualTo(transport);
                assertThat(ClientTransport.indexOf(listener)).isEqualTo(index);
            }
        }
        assertThat(ClientTransport.UDP.listener(3)).isEqualTo(3);
    }

    @Test
    void thereAreSoManyListenersAndNotOneMore() {
        assertThatThrownBy(() -> ClientTransport.TCP.listener(ClientTransport.MOST_LISTENERS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClientTransport.TCP.listener(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyUdpProvesNothingAboutTheSender() {
        assertThat(ClientTransport.UDP.provesAddress()).isFalse();
        assertThat(ClientTransport.TCP.provesAddress()).isTrue();
        assertThat(ClientTransport.DTLS.isEncrypted()).isTrue();
        assertThat(ClientTransport.TCP.isEncrypted()).isFalse();
    }
}
