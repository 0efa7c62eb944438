package dev.parley.turn.core;

/** What a Refresh request says by its MOBILITY-TICKET, or by having none. */
sealed interface TicketClaim {
    /** An ordinary request. */
    record Absent() implements TicketClaim {}

    /** No good ticket, or one to nothing that is here. */
    record Unfit(RefusalReason reason) implements TicketClaim {}

    /** A ticket that was issued for this allocation; whether it still counts depends on its serial number. */
    record Names(Allocation allocation, int serial) implements TicketClaim {}
}
