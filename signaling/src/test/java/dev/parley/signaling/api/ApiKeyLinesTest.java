package dev.parley.signaling.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeyLinesTest {
    private static final String HASH = ApiKey.hash("secret");

    @Test
    void keysAreReadWithWhatTheySayAndTheUsualOtherwise() {
        String page = "page  sha256:" + HASH + " ttl=600 max-ttl=900 per-minute=5 per-day=50 scope=rooms"
                + " scope=credentials relay=room origin=https://A.example origin=http://b:8080";
        var read = (ApiKeyLines.Result.Read) ApiKeyLines.read(List.of("# keys", "", "shop sha256:" + HASH, page));

        Duration hour = Duration.ofHours(1);
        assertThat(read.keys())
                .containsExactly(
                        new ApiKey(
                                "shop", HASH, Set.of(ApiScope.CREDENTIALS), hour, hour, 60, 86_400, false, List.of()),
                        new ApiKey(
                                "page",
                                HASH,
                                Set.of(ApiScope.ROOMS, ApiScope.CREDENTIALS),
                                Duration.ofMinutes(10),
                                Duration.ofMinutes(15),
                                5,
                                50,
                                true,
                                List.of("https://a.example", "http://b:8080")));
    }

    @ParameterizedTest
    @CsvSource({"ttl=600,600,600", "max-ttl=600,600,600", "max-ttl=7200,3600,7200", "ttl=60 max-ttl=120,60,120"})
    void usualLifetimeIsNeverAboveTheLongest(String words, int ttl, int maxTtl) {
        var read = (ApiKeyLine.Result.Read) ApiKeyLine.read("shop sha256:" + HASH + " " + words);
        assertThat(read.key().ttl()).hasSeconds(ttl);
        assertThat(read.key().maxTtl()).hasSeconds(maxTtl);
    }

    @Test
    void lineOfAKeyIsReadAsTheSameKey() {
        for (String words : List.of("", " ttl=60 max-ttl=90 relay=room", " scope=rooms per-day=7 origin=https://a.b")) {
            var read = (ApiKeyLine.Result.Read) ApiKeyLine.read("shop sha256:" + HASH + words);
            assertThat(ApiKeyLine.read(ApiKeyLine.of(read.key()))).isEqualTo(read);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sh op sha256:HASH | has no sha256",
                "sh.op sha256:HASH | does not begin with an id",
                "shop | has no sha256",
                "shop sha256:abc | has no sha256",
                "shop md5:HASH | has no sha256",
                "shop sha256:HASH ttl=0 | has a word that is no",
                "shop sha256:HASH ttl=86401 | has a ttl above",
                "shop sha256:HASH per-minute=1000001 | has a ttl above",
                "shop sha256:HASH ttl=61 max-ttl=60 | has a ttl above its max-ttl",
                "shop sha256:HASH per-day=1000000001 | has a ttl above",
                "shop sha256:HASH ttl=60 ttl=60 | has a word that is no",
                "shop sha256:HASH relay=none | has a word that is no",
                "shop sha256:HASH scope=all | has a word that is no",
                "shop sha256:HASH origin=https://a/b | has a word that is no"
            })
    void flawedLineIsNamedAndNotQuoted(String line, String problem) {
        String text = line.replace("HASH", HASH);
        var result = (ApiKeyLines.Result.Flawed) ApiKeyLines.read(List.of("# first", text));

        assertThat(result.problems())
                .singleElement()
                .asString()
                .startsWith("line 2 " + problem)
                .doesNotContain(HASH);
    }

    @Test
    void idStandsOnce() {
        String line = "shop sha256:" + HASH;

        assertThat(ApiKeyLines.read(List.of(line, line)))
                .isEqualTo(new ApiKeyLines.Result.Flawed(List.of("line 2 has the id of an earlier line")));
    }
}
