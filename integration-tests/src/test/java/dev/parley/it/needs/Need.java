package dev.parley.it.needs;

import dev.parley.it.fixture.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Something of the machine that a test cannot do without. */
public enum Need {
    /** The super-user, for namespaces and packet filters. */
    ROOT {
        @Override
        @Nullable
        String missing() {
            return "root".equals(System.getProperty("user.name")) ? null : "it must run as root";
        }
    },
    /** Network namespaces, and nftables inside them. */
    NAMESPACES {
        @Override
        @Nullable
        String missing() {
            String notRoot = ROOT.missing();
            return notRoot != null ? notRoot : missingProgram("ip", "nft");
        }
    },
    /** Packets off the wire, written and read. */
    PACKET_CAPTURE {
        @Override
        @Nullable
        String missing() {
            return missingProgram("tcpdump", "tshark");
        }
    },
    /** The command line client for HTTP. */
    CURL {
        @Override
        @Nullable
        String missing() {
            return missingProgram("curl");
        }
    },
    /** Node.js. */
    NODE {
        @Override
        @Nullable
        String missing() {
            return missingProgram("node", "npm");
        }
    },
    /** Chromium and what drives it: Node.js and the installed packages of the browser folder. */
    BROWSER {
        @Override
        @Nullable
        String missing() {
            String noProgram = missingProgram("chromium", "node");
            if (noProgram != null) {
                return noProgram;
            }
            Path driver = Checkout.browserFolder().resolve("node_modules/playwright-core");
            return Files.isDirectory(driver) ? null : "the packages of integration-tests/browser are not installed";
        }
    },
    /** Firefox, the tool that puts certificates into its profile, and what drives it. */
    FIREFOX {
        @Override
        @Nullable
        String missing() {
            String noProgram = missingProgram("firefox-esr", "certutil", "node");
            if (noProgram != null) {
                return noProgram;
            }
            Path driver = Checkout.browserFolder().resolve("node_modules/puppeteer-core");
            return Files.isDirectory(driver) ? null : "the packages of integration-tests/browser are not installed";
        }
    },
    /** coturn's client and peer tools. */
    COTURN_TOOLS {
        @Override
        @Nullable
        String missing() {
            return missingProgram("turnutils_uclient", "turnutils_peer");
        }
    },
    /** The command lines of OpenSSL and GnuTLS, two TLS libraries that are not ours. */
    TLS_TOOLS {
        @Override
        @Nullable
        String missing() {
            return missingProgram("openssl", "gnutls-cli");
        }
    },
    /** A C compiler and OpenSSL's headers, for the relay bench. */
    C_COMPILER {
        @Override
        @Nullable
        String missing() {
            String noProgram = missingProgram("cc");
            if (noProgram != null) {
                return noProgram;
            }
            return Files.exists(Path.of("/usr/include/openssl/hmac.h")) ? null : "OpenSSL's headers are not installed";
        }
    },
    /** The {@code ss} program, which lists the sockets of a process. */
    SOCKET_STATISTICS {
        @Override
        @Nullable
        String missing() {
            return missingProgram("ss");
        }
    };

    /** Why this machine cannot serve, in words for the person who reads the test report; null when it can. */
    abstract @Nullable String missing();

    private static @Nullable String missingProgram(String... names) {
        List<Path> folders = Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")), Stream.of("/usr/sbin", "/sbin"))
                .map(Path::of)
                .toList();
        for (String name : names) {
            if (folders.stream().noneMatch(folder -> Files.isExecutable(folder.resolve(name)))) {
                return "the program " + name + " is not installed";
            }
        }
        return null;
    }
}
