package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {
    private static final String HOST = "meet.example.org:8080";
    private static final OriginPolicy POLICY = OriginPolicy.of(List.of("https://App.example.org:443"), true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://meet.example.org:8080",
                "https://meet.example.org:8080",
                "HTTP://MEET.example.org:8080",
                "https://app.example.org"
            })
    void ownAndListedOriginsAreAdmitted(String origin) {
        assertThat(POLICY.admits(List.of(origin), HOST)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "*",
                "http://meet.example.org",
                "http://meet.example.org:8081",
                "http://meet.example.org:8080/",
                "http://meet.example.org:8080.evil.example",
                "http://evil-meet.example.org:8080",
                "http://x.meet.example.org:8080",
                "http://meet.example.org:8080@evil.example",
                "http://evil.example",
                "ws://meet.example.org:8080",
                "file://",
                "meet.example.org:8080",
                "http://app.example.org",
                "https://app.example.org:8443",
                "https://app.example.org.evil.example",
                "https://sub.app.example.org",
                "https://app-example.org"
            })
    void everythingElseIsRefused(String origin) {
        assertThat(POLICY.admits(List.of(origin), HOST)).isFalse();
    }

    @Test
    void twoOriginsAreNone() {
        assertThat(POLICY.admits(List.of("http://" + HOST, "http://" + HOST), HOST))
                .isFalse();
    }

    @Test
    void absentOriginIsASetting() {
        assertThat(OriginPolicy.SAME_ORIGIN.admits(List.of(), HOST)).isTrue();
        assertThat(OriginPolicy.of(List.of(), false).admits(List.of(), HOST)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "null", "app.example.org", "https://app.example.org/", "ftp://x", "https://*.example.org"})
    void whatIsNoOriginCannotBeListed(String origin) {
        List<String> origins = List.of(origin);
        assertThatThrownBy(() -> OriginPolicy.of(origins, true)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bracketsOfIpv6AreUnderstood() {
        assertThat(POLICY.admits(List.of("http://[::1]:8080"), "[::1]:8080")).isTrue();
    }
}
