package dev.parley.ice.stun;

/** Which numbers channels may have. Older clients still draw from the wider range of the RFC before. */
public enum ChannelNumbers {
    /** 0x4000 to 0x4FFF, the range of today (RFC 8656 section 12). */
    RFC_8656(0x4FFF),

    /** 0x4000 to 0x7FFF, as it was (RFC 5766 section 11); no other protocol of RFC 7983 begins with these bytes. */
    RFC_5766(0x7FFF);

    private static final int FIRST = 0x4000;

    private final int last;

    ChannelNumbers(int last) {
        this.last = last;
    }

    public boolean contain(int number) {
        return number >= FIRST && number <= last;
    }
}
