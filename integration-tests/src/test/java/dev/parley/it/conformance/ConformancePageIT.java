package dev.parley.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/conformance.md says what the suite tests; {@code -Dparley.docs.write=true} writes it anew. */
class ConformancePageIT {
    @Test
    void thePageIsThatOfTheSuite() throws IOException {
        Path page = Checkout.root().resolve("docs/conformance.md");
        String text = new ConformancePage().text();
        if (Boolean.getBoolean("parley.docs.write")) {
            Files.writeString(page, text);
        }
        assertThat(Files.readString(page)).isEqualTo(text);
    }
}
