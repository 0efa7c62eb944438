package dev.parley.signaling.transport;

import dev.parley.signaling.core.Departure;

/** What is said over one WebSocket, in whatever language, and what follows from it. Event loop only. */
interface Conversation {

    /** The WebSocket is there; it stays the one for as long as the conversation lasts. */
    void begin(WebSocketHandler socket);

    /** Whether text in binary frames is understood. */
    boolean takesBinary();

    /** A whole message. */
    void received(String text);

    /** A sign of life that says nothing else. */
    void heard();

    /** Nothing more will be heard; called once. */
    void ended(Departure how);

    /** What it is called in the log of mistakes. */
    String name();
}
