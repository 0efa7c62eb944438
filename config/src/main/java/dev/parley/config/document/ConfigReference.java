package dev.parley.config.document;

import dev.parley.config.schema.KeySpec;
import dev.parley.config.schema.Schema;

/** Writes the reference page of all keys, {@code docs/configuration.md}. */
public final class ConfigReference {
    private static final String INTRODUCTION = """
        # Configuration

        <!-- Generated from the configuration records; a test fails when this page and the records differ. -->

        `parley serve` runs without any configuration. What you want different goes into a YAML file given by
        `--config FILE`, into environment variables, or into `--set KEY=VALUE` options. The environment overrides
        the file, and `--set` overrides both. In a file a dotted key is written as sections:

        ```yaml
        turn:
          port: 3478
          peers:
            allow: [10.1.0.0/16, 10.2.0.0/16]
        ```

        The same on the command line and in the environment, where a list is written with commas:

        ```sh
        parley serve --set turn.port=3478 --set turn.peers.allow=10.1.0.0/16,10.2.0.0/16
        PARLEY_TURN_PORT=3478 PARLEY_TURN_PEERS_ALLOW=10.1.0.0/16,10.2.0.0/16 parley serve
        ```

        An unknown key, a value out of range or a key that is set twice in a file stops the start; all problems
        are reported at once, each with the line, variable or option it came from. `parley config check` looks
        without starting, `parley config show` prints the values in effect (secrets as stars), and
        `parley config example` prints [config.example.yaml](config.example.yaml).

        The shared secret signs TURN credentials. Nobody has to set one: a random one is made at the first start
        and kept in the state directory. The same holds for the secret of tokens. Files with secrets must have
        mode 0600.

        SIGHUP makes a running server read file, environment and options again, and so does an HTTP POST to
        `/api/v1/admin/reload` on the admin port with the admin token. Keys marked below change at once; the log names
        others that have changed and need a restart. If anything is wrong, nothing changes and the log says why.

        Exit codes of every command: 0 for success, 1 for a failure while running (a port in use, for instance),
        2 for a wrong command line or configuration.

        """;

    private static final int WIDTH = 110;

    private ConfigReference() {}

    /** The whole page. */
    public static String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        page.append("## Keys\n\n");
        for (KeySpec key : Schema.SERVER.keys()) {
            entry(page, key);
        }
        return page.toString().stripTrailing() + "\n";
    }

    private static void entry(StringBuilder page, KeySpec key) {
        page.append("### `").append(key.path()).append("`\n\n");
        Texts.wrap(key.setting().value(), WIDTH)
                .forEach(line -> page.append(line).append('\n'));
        page.append('\n');
        page.append("- Takes ")
                .append(Texts.form(key))
                .append(key.range().isEmpty() ? "" : ", " + key.range())
                .append('\n');
        Object value = key.defaultValue();
        String unset = key.setting().whenUnset();
        if (value == null || key.texts(value).isEmpty()) {
            page.append("- Default: not set, which means ").append(unset).append('\n');
        } else {
            page.append("- Default: `").append(key.print(value)).append("`\n");
        }
        page.append(key.setting().reloadable() ? "- A reload puts a change into force\n" : "");
        page.append("- Environment: `").append(key.environmentVariable()).append("`\n\n");
    }
}
