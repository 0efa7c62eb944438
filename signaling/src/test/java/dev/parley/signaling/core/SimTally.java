package dev.parley.signaling.core;

/** What has happened in worlds of the simulation, so that a test can say that it did. */
final class SimTally {
    /** Messages of the hub. */
    long deliveries;
    /** Messages of members that others were sent. */
    long heard;

    long resumes;
    /** Resumes that were told of a loss. */
    long losses;
    /** Sessions that ended because their tokens did. */
    long expiries;
    /** Joins that were answered with waiting. */
    long waits;
    /** Those who waited and were let in. */
    long admissions;
    /** Sessions that were closed because they sent too much. */
    long floods;
    /** Connections that were cut because too much waited. */
    long slow;

    void add(SimTally other) {
        deliveries += other.deliveries;
        heard += other.heard;
        resumes += other.resumes;
        losses += other.losses;
        expiries += other.expiries;
        waits += other.waits;
        admissions += other.admissions;
        floods += other.floods;
        slow += other.slow;
    }

    @Override
    public String toString() {
        return deliveries + " deliveries, " + heard + " of members, " + resumes + " resumes, " + losses
                + " after an overflow, " + expiries + " expiries, " + waits + " waits, " + admissions + " admissions, "
                + floods + " floods, " + slow + " slow readers";
    }
}
