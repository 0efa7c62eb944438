package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ServerConfig;
import dev.parley.config.reader.ConfigReader;
import dev.parley.config.reader.ConfigResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReloadTest {
    private final List<ServerConfig> taken = new ArrayList<>();
    private List<String> sources = List.of();
    private final Reload reload =
            new Reload(AddressPlanTest.config(), this::read, List.of(next -> () -> taken.add(next), this::picky));

    private ConfigResult read() {
        return ConfigReader.read(null, Map.of(), sources);
    }

    private Runnable picky(ServerConfig next) throws StartException {
        if (next.turn().quota().total() == 666) {
            throw new StartException("turn.quota.total: not that");
        }
        return () -> {};
    }

    @Test
    void whatCanChangeChangesAndTheRestIsNamed() {
        sources = List.of("turn.peers.deny=8.8.8.0/24", "turn.quota.total=99", "turn.quota.per-user=2", "http.port=81");

        assertThat(reload.run("test"))
                .isEqualTo(new Reload.Outcome.Applied(
                        List.of("turn.peers.deny", "turn.quota.per-user", "turn.quota.total"), List.of("http.port")));
        assertThat(taken.getFirst().turn().quota().total()).isEqualTo(99);
        assertThat(taken.getFirst().http().port()).isEqualTo(8080);
        assertThat(reload.applied()).isEqualTo(1);
    }

    @Test
    void aSecondReloadComparesWithTheFirstAndStillNamesWhatNeedsARestart() {
        sources = List.of("turn.quota.total=99", "http.port=81");
        reload.run("test");

        assertThat(reload.run("test")).isEqualTo(new Reload.Outcome.Applied(List.of(), List.of("http.port")));
        sources = List.of();
        assertThat(reload.run("test")).isEqualTo(new Reload.Outcome.Applied(List.of("turn.quota.total"), List.of()));
    }

    @Test
    void aWrongSourceChangesNothingAndSaysWhy() {
        sources = List.of("turn.peers.deny=8.8.8.0/33", "turn.quota.total=99");

        assertThat(reload.run("test"))
                .isInstanceOfSatisfying(
                        Reload.Outcome.Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("turn.peers.deny must be a CIDR block"));
        assertThat(taken).isEmpty();
        assertThat(reload.refused()).isEqualTo(1);
        assertThat(reload.applied()).isZero();
    }

    @Test
    void onePartThatRefusesKeepsAllFromChanging() {
        sources = List.of("turn.quota.total=666");

        assertThat(reload.run("test")).isEqualTo(new Reload.Outcome.Refused(List.of("turn.quota.total: not that")));
        assertThat(taken).isEmpty();
        sources = List.of("turn.quota.total=667");
        assertThat(reload.run("test")).isEqualTo(new Reload.Outcome.Applied(List.of("turn.quota.total"), List.of()));
    }
}
