package dev.parley.server;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.EndReason;
import dev.parley.turn.loop.TurnNotices;
import dev.parley.turn.loop.Usage;

/** Tells the rooms of allocations that come and go, and the book what they relayed, and the API of its users. */
record RelayNotices(RoomWatch rooms, UsageBook book, ApiUsers apiUsers) implements TurnNotices {
    @Override
    public void allocationOpened(String name, TransportAddress client, TransportAddress relayed) {
        rooms.allocationOpened(name, client, relayed);
        apiUsers.allocationOpened(name);
    }

    @Override
    public void allocationMoved(String name, TransportAddress from, TransportAddress to, TransportAddress relayed) {
        rooms.allocationMoved(name, from, to, relayed);
    }

    @Override
    public void allocationEnded(String name, TransportAddress client, TransportAddress relayed, EndReason reason) {
        rooms.allocationEnded(name, client, relayed, reason);
        apiUsers.allocationEnded(name);
    }

    @Override
    public void allocationUsed(Usage usage, EndReason reason) {
        book.ended(usage, reason);
    }
}
