package dev.parley.signaling.transport;

import dev.parley.signaling.core.HubEvent;

/** Where connections put what happened to them; any thread. */
interface HubInbox {

    /** Hands the event over; events of one connection are handled in order. */
    void post(HubEvent event, Connection connection);
}
