package dev.parley.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.auth.RelayScope;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.ErrorCode;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.KnockEnd;
import dev.parley.signaling.core.ResumeKey;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.dialect.NativeDialect;
import dev.parley.signaling.dialect.Welcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Code and docs/protocol.md say the same. */
class ProtocolDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "protocol.md");

    private static String document() throws IOException {
        return Files.readString(DOCUMENT);
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void errorCodeIsDocumented(ErrorCode code) throws IOException {
        assertThat(document()).contains("| `" + code.word() + "` |");
    }

    @ParameterizedTest
    @EnumSource(CloseReason.class)
    void closeCodeIsDocumentedWithItsHint(CloseReason reason) throws IOException {
        String hint = reason.reconnectAfter().isZero() ? "no" : "yes";
        assertThat(document())
                .containsPattern("\\| " + reason.code() + " \\| `" + reason.word() + "` \\| .* \\| " + hint + " \\|");
    }

    @ParameterizedTest
    @EnumSource(Departure.class)
    void departureIsDocumented(Departure departure) throws IOException {
        assertThat(document()).contains("`" + departure.word() + "`");
    }

    @ParameterizedTest
    @EnumSource(KnockEnd.class)
    void endOfAKnockIsDocumented(KnockEnd end) throws IOException {
        assertThat(document()).containsPattern("\\| `knock-ended` \\|.*`" + end.word() + "`");
    }

    @Test
    void exampleOfTheWelcomeHasTheLimitsAndDefaultsOfTheProgram() throws IOException {
        Welcome welcome = new Welcome(
                new SessionId("x"),
                new ResumeKey(new SessionId("x"), "s"),
                List.of(),
                Duration.ofHours(1),
                RelayScope.ROOM);
        String text = new NativeDialect(HubLimits.defaults()).encode(welcome);
        var limits = Pattern.compile("\"limits\":\\{[^}]*}").matcher(text);

        assertThat(limits.find()).isTrue();
        assertThat(document().replaceAll("\\s+", "")).contains(limits.group());
    }
}
