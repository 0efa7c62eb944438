package dev.parley.ice.credential;

import java.time.Instant;
import java.util.List;

/**
 * What a username says about a time-limited credential. Whoever knows one of the passwords holds the credential; that
 * is for the message integrity check to find out.
 */
public sealed interface VerifiedUsername {
    /**
     * The credential is in force.
     *
     * @param name the part behind the expiry
     * @param passwords one for each secret and hash, likeliest first
     */
    record Valid(String name, Instant expiry, List<String> passwords) implements VerifiedUsername {
        public Valid {
            passwords = List.copyOf(passwords);
        }

        @Override
        public String toString() {
            return "Valid[" + name + ", " + expiry + ", ***]";
        }
    }

    /** The credential was in force once; live allocations may still be refreshed with it. Components as above. */
    record Expired(String name, Instant expiry, List<String> passwords) implements VerifiedUsername {
        public Expired {
            passwords = List.copyOf(passwords);
        }

        @Override
        public String toString() {
            return "Expired[" + name + ", " + expiry + ", ***]";
        }
    }

    /** The username is none of ours: perhaps that of a configured user, perhaps an attempt. */
    record NotTimeLimited(Flaw flaw) implements VerifiedUsername {}

    /** Why a username is not time-limited. */
    enum Flaw {
        NO_SEPARATOR,
        EXPIRY_NOT_DIGITS,
        EXPIRY_OUT_OF_RANGE,
        EXPIRY_TOO_FAR_AHEAD,
        NO_NAME
    }
}
