package dev.parley.turn.core;

import org.jspecify.annotations.Nullable;

/** The channel bindings of one allocation, by channel number. A binding is a route that has a number. */
final class ChannelTable extends ProbingTable<PeerRoute> {

    @Nullable
    PeerRoute find(int channelNumber) {
        int slot = firstSlot(channelNumber);
        for (PeerRoute found = at(slot); found != null; found = at(slot)) {
            if (found.channelNumber() == channelNumber) {
                return found;
            }
            slot = nextSlot(slot);
        }
        return null;
    }

    /** Clients count up from 0x4000, so the number itself spreads best; at most 128 of them cannot make a long walk. */
    @Override
    int hashOf(PeerRoute binding) {
        return binding.channelNumber();
    }
}
