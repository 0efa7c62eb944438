package dev.parley.ice.credential;

import dev.parley.ice.credential.VerifiedUsername.Expired;
import dev.parley.ice.credential.VerifiedUsername.Flaw;
import dev.parley.ice.credential.VerifiedUsername.NotTimeLimited;
import dev.parley.ice.credential.VerifiedUsername.Valid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import javax.crypto.Mac;

/**
 * Mints and checks TURN credentials that expire by themselves, in the form known as the TURN REST API
 * (draft-uberti-behave-turn-rest-00): username {@code expiry:name}, password base64(HMAC-SHA1(secret, username)), or
 * with SHA-256 in place of SHA-1, which is our extension and accepted beside it.
 * Nothing is stored: whoever shares the secret can mint, and the relay checks without asking anybody.
 *
 * <p>Of several secrets the first signs and all verify, so that a secret can be changed while credentials are in use.
 * Any thread may call.
 */
public final class TimeLimitedCredentials {
    /** An expiry further ahead was not minted with care: 24 hours, the lifetime the draft suggests. */
    public static final Duration MAX_AHEAD = Duration.ofHours(24);

    /** Unix seconds have 10 digits until the year 2286. More than 12 are nonsense, and 12 cannot overflow. */
    private static final int MAX_EXPIRY_DIGITS = 12;

    private volatile List<Secret> secrets;
    private final InstantSource wallClock;
    private final Duration maxAhead;
    private final CredentialHash mintedHash;
    private final Consumer<MintedCredential> onMint;

    public TimeLimitedCredentials(List<Secret> secrets, InstantSource wallClock) {
        this(secrets, wallClock, MAX_AHEAD);
    }

    /** @param maxAhead longest lifetime that is minted or accepted */
    public TimeLimitedCredentials(List<Secret> secrets, InstantSource wallClock, Duration maxAhead) {
        this(secrets, wallClock, maxAhead, CredentialHash.SHA1);
    }

    /** @param mintedHash what new credentials are made with; both are accepted */
    public TimeLimitedCredentials(
            List<Secret> secrets, InstantSource wallClock, Duration maxAhead, CredentialHash mintedHash) {
        this(secrets, wallClock, maxAhead, mintedHash, minted -> {});
    }

    /** @param onMint is shown every new credential, in the thread that mints it */
    public TimeLimitedCredentials(
            List<Secret> secrets,
            InstantSource wallClock,
            Duration maxAhead,
            CredentialHash mintedHash,
            Consumer<MintedCredential> onMint) {
        if (maxAhead.toSeconds() < 1) {
            throw new IllegalArgumentException("the longest lifetime is at least a second, not " + maxAhead);
        }
        this.secrets = requireSome(secrets);
        this.wallClock = wallClock;
        this.maxAhead = maxAhead;
        this.mintedHash = mintedHash;
        this.onMint = onMint;
    }

    /** From now on these sign and verify, in this order. */
    public void changeSecrets(List<Secret> newSecrets) {
        secrets = requireSome(newSecrets);
    }

    private static List<Secret> requireSome(List<Secret> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("without a secret nothing can be signed");
        }
        return List.copyOf(secrets);
    }

    /**
     * A credential for the name that works from now on for {@code ttl}.
     *
     * @param ttl at least a second, at most the longest lifetime of this instance; fractions of seconds are cut off
     */
    public MintedCredential mint(String name, Duration ttl) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a credential belongs to somebody");
        }
        if (ttl.toSeconds() < 1 || ttl.compareTo(maxAhead) > 0) {
            throw new IllegalArgumentException("a lifetime is from 1 s to " + maxAhead + ", not " + ttl);
        }
        Instant expiry = Instant.ofEpochSecond(wallClock.instant().getEpochSecond() + ttl.toSeconds());
        String username = expiry.getEpochSecond() + ":" + name;
        MintedCredential minted =
                new MintedCredential(username, password(secrets.getFirst(), mintedHash, username), expiry);
        onMint.accept(minted);
        return minted;
    }

    /** Reads a username that came with a request. */
    public VerifiedUsername verify(String username) {
        int separator = username.indexOf(':');
        if (separator < 0) {
            return new NotTimeLimited(Flaw.NO_SEPARATOR);
        }
        if (!isDigits(username, separator)) {
            return new NotTimeLimited(Flaw.EXPIRY_NOT_DIGITS);
        }
        if (separator > MAX_EXPIRY_DIGITS) {
            return new NotTimeLimited(Flaw.EXPIRY_OUT_OF_RANGE);
        }
        if (separator == username.length() - 1) {
            return new NotTimeLimited(Flaw.NO_NAME);
        }
        Instant expiry = Instant.ofEpochSecond(Long.parseLong(username, 0, separator, 10));
        Instant now = wallClock.instant();
        if (expiry.isAfter(now.plus(maxAhead))) {
            return new NotTimeLimited(Flaw.EXPIRY_TOO_FAR_AHEAD);
        }
        String name = username.substring(separator + 1);
        return expiry.isAfter(now)
                ? new Valid(name, expiry, passwords(username))
                : new Expired(name, expiry, passwords(username));
    }

    /** ASCII digits and at least one: a sign, a space or a digit of another script is none. */
    private static boolean isDigits(String username, int end) {
        for (int index = 0; index < end; index++) {
            char letter = username.charAt(index);
            if (letter < '0' || letter > '9') {
                return false;
            }
        }
        return end > 0;
    }

    private List<String> passwords(String username) {
        List<Secret> now = secrets;
        List<String> passwords = new ArrayList<>(2 * now.size());
        for (Secret secret : now) {
            passwords.add(password(secret, mintedHash, username));
        }
        for (Secret secret : now) {
            passwords.add(password(secret, mintedHash.other(), username));
        }
        return passwords;
    }

    private static String password(Secret secret, CredentialHash hash, String username) {
        Mac mac = secret.mac(hash.macName());
        return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
    }
}
