package dev.parley.turn.core;

import dev.parley.testing.SeededGenerator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A set from which any member can be drawn at once, the same one with the same seed. */
final class SimBag<T> {
    private final List<T> members = new ArrayList<>();
    private final Map<T, Integer> positions = new HashMap<>();

    boolean add(T member) {
        if (positions.putIfAbsent(member, members.size()) != null) {
            return false;
        }
        members.add(member);
        return true;
    }

    boolean remove(T member) {
        Integer position = positions.remove(member);
        if (position == null) {
            return false;
        }
        T last = members.removeLast();
        if (position < members.size()) {
            members.set(position, last);
            positions.put(last, position);
        }
        return true;
    }

    boolean contains(T member) {
        return positions.containsKey(member);
    }

    int size() {
        return members.size();
    }

    /** Null if the bag is empty. */
    @Nullable
    T draw(SeededGenerator seeded) {
        return members.isEmpty() ? null : seeded.oneOf(members);
    }

    List<T> members() {
        return Collections.unmodifiableList(members);
    }
}
