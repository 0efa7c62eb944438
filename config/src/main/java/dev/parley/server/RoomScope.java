package dev.parley.server;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.MemberNames;
import dev.parley.signaling.api.ApiName;
import dev.parley.turn.core.MemberDirectory;
import dev.parley.turn.core.RelayScope;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may reach whom, as the hub's rooms say it: a member reaches the live relayed addresses of those it shares a
 * room with, and the addresses from which this server sees them. So does who has a credential for a room from the API.
 * Users whose credentials were made elsewhere are in no room and reach everybody. Rooms are named by tags.
 *
 * <p>Written by the hub's thread and the relay's event loops, one at a time; read by all event loops without a lock.
 */
final class RoomScope implements RelayScope, MemberDirectory {
    private final RelayOwners relays;
    private final boolean membersReachEverybody;
    private final Object writing = new Object();
    /** Immutable sets of room names, replaced as a whole; a member without rooms has no entry. */
    private final ConcurrentHashMap<String, Set<String>> roomsByMember = new ConcurrentHashMap<>();
    /** Immutable sets of members, replaced as a whole. */
    private final ConcurrentHashMap<IpAddress, Set<String>> membersByAddress = new ConcurrentHashMap<>();
    /** How often each member was seen at each address; only while writing. */
    private final Map<String, Map<IpAddress, Integer>> sightingsByMember = new HashMap<>();

    private volatile long version;

    /**
     * @param membersReachEverybody for {@code relay.scope: public}; being in a room still decides who has credentials
     * at all
     */
    RoomScope(RelayOwners relays, boolean membersReachEverybody) {
        this.relays = relays;
        this.membersReachEverybody = membersReachEverybody;
    }

    /** Whose a live relayed address is. */
    @FunctionalInterface
    interface RelayOwners {
        /** The user's name, or null if no allocation has this relayed address. */
        @Nullable
        String findOwner(TransportAddress relayed);
    }

    @Override
    public boolean isLive(String name) {
        return roomsByMember.containsKey(name);
    }

    @Override
    public boolean admits(String name, TransportAddress peer) {
        if (membersReachEverybody || !isScoped(name)) {
            return true;
        }
        Set<String> rooms = roomsOf(name);
        String owner = relays.findOwner(peer);
        if (owner != null) {
            return isCompanion(name, rooms, owner);
        }
        for (String seenThere : membersByAddress.getOrDefault(peer.ip(), Set.of())) {
            if (isCompanion(name, rooms, seenThere)) {
                return true;
            }
        }
        return false;
    }

    /** Whether rooms decide whom this user reaches. */
    static boolean isScoped(String name) {
        if (MemberNames.isMember(name)) {
            return true;
        }
        ApiName user = ApiName.find(name);
        return user != null && user.roomTag() != null;
    }

    /** Those a member is in; those who have a credential for a room count as being there. */
    private Set<String> roomsOf(String name) {
        ApiName user = ApiName.find(name);
        return user != null && user.roomTag() != null
                ? Set.of(user.roomTag())
                : roomsByMember.getOrDefault(name, Set.of());
    }

    @Override
    public long version() {
        return version;
    }

    /** A member has entered a room; it may be in others already. */
    void entered(String member, String room) {
        synchronized (writing) {
            roomsByMember.merge(member, Set.of(room), RoomScope::union);
            changed();
        }
    }

    /** A member has left a room; true if that was its last one. */
    boolean departed(String member, String room) {
        synchronized (writing) {
            Set<String> rooms = roomsByMember.computeIfPresent(member, (key, before) -> without(before, room));
            changed();
            return rooms == null;
        }
    }

    /** The server sees the member at this address; sightings are counted, each is paid back by one {@link #unseen}. */
    void seen(String member, IpAddress address) {
        synchronized (writing) {
            int count = sightingsByMember
                    .computeIfAbsent(member, key -> new HashMap<>())
                    .merge(address, 1, Integer::sum);
            if (count == 1) {
                membersByAddress.merge(address, Set.of(member), RoomScope::union);
                changed();
            }
        }
    }

    /** One sighting has ended. */
    void unseen(String member, IpAddress address) {
        synchronized (writing) {
            Map<IpAddress, Integer> sightings = sightingsByMember.get(member);
            if (sightings == null || !sightings.containsKey(address)) {
                return;
            }
            if (sightings.merge(address, -1, Integer::sum) == 0) {
                sightings.remove(address);
                membersByAddress.computeIfPresent(address, (key, before) -> without(before, member));
                changed();
            }
            if (sightings.isEmpty()) {
                sightingsByMember.remove(member);
            }
        }
    }

    /** Members in at least one room, for metrics. */
    int liveMembers() {
        return roomsByMember.size();
    }

    /** Whether nothing is kept about anybody. */
    boolean isEmpty() {
        synchronized (writing) {
            return roomsByMember.isEmpty() && membersByAddress.isEmpty() && sightingsByMember.isEmpty();
        }
    }

    private boolean isCompanion(String name, Set<String> rooms, String other) {
        if (name.equals(other)) {
            return false;
        }
        for (String room : roomsOf(other)) {
            if (rooms.contains(room)) {
                return true;
            }
        }
        return false;
    }

    /** After the maps were changed, so that whoever reads the new version reads the new maps. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread that holds the lock writes
    private void changed() {
        version++;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Null when nothing remains, which takes the entry out of its map. */
    private static @Nullable Set<String> without(Set<String> before, String gone) {
        Set<String> after = before.stream().filter(one -> !one.equals(gone)).collect(Collectors.toUnmodifiableSet());
        return after.isEmpty() ? null : after;
    }
}
