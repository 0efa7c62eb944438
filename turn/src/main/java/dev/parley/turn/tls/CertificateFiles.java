package dev.parley.turn.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the certificate and its key lie.
 *
 * @param certificate PEM, the server's certificate first, then those that lead to its issuer
 * @param privateKey PEM, unencrypted
 */
public record CertificateFiles(Path certificate, Path privateKey) {
    /** True if users other than the owner and its group may read the key. */
    public boolean isKeyWorldReadable() {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(privateKey);
            return permissions.contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // Reading it will tell.
        }
    }

    /** What tells one state of the files from the next; follows links, because tools renew by changing a link. */
    Stamp stamp() {
        return new Stamp(stamp(certificate), stamp(privateKey));
    }

    private static @Nullable FileStamp stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(
                    attributes.lastModifiedTime().toMillis(), attributes.size(), String.valueOf(attributes.fileKey()));
        } catch (IOException e) {
            return null;
        }
    }

    /** The two files at one moment; null where there is none. */
    record Stamp(@Nullable FileStamp certificate, @Nullable FileStamp privateKey) {}

    /** One file at one moment. */
    record FileStamp(long modifiedMillis, long bytes, String inode) {}
}
