package dev.parley.turn.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The blocks of one label in a PEM text (RFC 7468), decoded; what stands between blocks is left out. */
final class PemBlocks {
    private PemBlocks() {}

    /** @throws IllegalArgumentException if a block has no end or is not base64 */
    static List<byte[]> of(String text, String label) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        List<byte[]> blocks = new ArrayList<>();
        int at = text.indexOf(begin);
        while (at >= 0) {
            int from = at + begin.length();
            int to = text.indexOf(end, from);
            if (to < 0) {
                throw new IllegalArgumentException("no end");
            }
            blocks.add(Base64.getMimeDecoder().decode(text.substring(from, to)));
            at = text.indexOf(begin, to);
        }
        return blocks;
    }
}
