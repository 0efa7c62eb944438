package dev.parley.config.reader;

import java.nio.file.Path;

/** Where a value came from, in words an operator finds it by. */
public sealed interface Origin {
    /** A line of the configuration file; lines count from one. */
    record File(Path path, int line) implements Origin {
        @Override
        public String toString() {
            return path + " line " + line;
        }
    }

    /** An environment variable. */
    record Environment(String variable) implements Origin {
        @Override
        public String toString() {
            return "environment variable " + variable;
        }
    }

    /** A {@code --set} option. */
    record CommandLine(String key) implements Origin {
        @Override
        public String toString() {
            return "--set " + key;
        }
    }

    /** Nobody set it. */
    record Default() implements Origin {
        @Override
        public String toString() {
            return "default";
        }
    }
}
