package dev.parley.signaling.transport;

/** Where connections put what happened to them; any thread. */
interface HubInbox {

    /** Hands the event over; events of one connection are handled in order. */
    void post(LineEvent event, Connection connection);
}
