package dev.parley.ice.credential;

/** Which HMAC makes the password of a time-limited credential. */
public enum CredentialHash {
    /** As everybody issues them. */
    SHA1("HmacSHA1"),
    /** Our extension, for those who may not use SHA-1 any more. */
    SHA256("HmacSHA256");

    private final String macName;

    CredentialHash(String macName) {
        this.macName = macName;
    }

    String macName() {
        return macName;
    }

    CredentialHash other() {
        return this == SHA1 ? SHA256 : SHA1;
    }
}
