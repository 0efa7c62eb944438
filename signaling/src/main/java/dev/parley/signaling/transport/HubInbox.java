package dev.parley.signaling.transport;

/** Where connections put what happened to them; any thread. */
interface HubInbox {

    /** Hands the event over; events of one line are handled in order. */
    void post(LineEvent event, Line line);
}
