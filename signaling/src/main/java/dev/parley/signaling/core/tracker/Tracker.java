package dev.parley.signaling.core.tracker;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.dropin.DropInEffect;
import dev.parley.signaling.core.dropin.DropInLine;
import dev.parley.signaling.core.dropin.DropInRefusal;
import dev.parley.signaling.core.dropin.DropInService;
import dev.parley.signaling.core.dropin.LineId;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the WebTorrent tracker does: knows who is in which swarm, and brings offers and answers from peer to peer. */
public final class Tracker implements DropInService<TrackerMessage, TrackerAnswer> {
    /** The stock tracker's: five times the interval between announces. */
    private static final int SCRAPE_INTERVALS = 5;

    private final HubLimits limits;
    private final RandomGenerator random;
    private final Places places;

    /**
     * @param random picks whom offers go to
     */
    public Tracker(HubLimits limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
        this.places = new Places(limits);
    }

    @Override
    public @Nullable DropInRefusal received(
            DropInLine line, TrackerMessage message, long nowNanos, List<DropInEffect<TrackerAnswer>> effects) {
        return switch (message) {
            case TrackerMessage.Announce announce -> announce(line, announce, nowNanos, effects);
            case TrackerMessage.Answer answer -> answer(line, answer, nowNanos, effects);
            case TrackerMessage.Scrape(var swarms) -> scrape(line, swarms, effects);
            case TrackerMessage.Bad(var failure) -> {
                send(line.id(), new TrackerAnswer.Failed(failure), effects);
                yield DropInRefusal.BAD_MESSAGE;
            }
        };
    }

    @Override
    public boolean usesPings() {
        return true;
    }

    private @Nullable DropInRefusal announce(
            DropInLine line,
            TrackerMessage.Announce announce,
            long nowNanos,
            List<DropInEffect<TrackerAnswer>> effects) {
        DropInRefusal refusal = record(line, announce, nowNanos, effects);
        if (refusal != null) {
            return refusal;
        }
        Swarm swarm = places.find(announce.swarm());
        int complete = swarm == null ? 0 : swarm.complete();
        int incomplete = swarm == null ? 0 : swarm.incomplete();
        int interval = limits.of(HubLimit.TRACKER_INTERVAL_SECONDS);
        send(line.id(), new TrackerAnswer.Announced(announce.swarm(), complete, incomplete, interval), effects);
        return swarm == null ? null : passOffers(line, announce, swarm, nowNanos, effects);
    }

    private @Nullable DropInRefusal passOffers(
            DropInLine line,
            TrackerMessage.Announce announce,
            Swarm swarm,
            long nowNanos,
            List<DropInEffect<TrackerAnswer>> effects) {
        List<TrackerMessage.Offer> offers = announce.offers();
        int most = Math.min(offers.size(), limits.of(HubLimit.TRACKER_OFFERS));
        List<SwarmPeer> peers = swarm.pickOthers(announce.peer(), most, random);
        for (int i = 0; i < peers.size(); i++) {
            TrackerMessage.Offer offer = offers.get(i);
            if (!line.mayDeliver(1, offer.offer().text().length(), nowNanos)) {
                return DropInRefusal.DELIVERY_RATE;
            }
            send(peers.get(i).line(), new TrackerAnswer.Offered(announce.swarm(), announce.peer(), offer), effects);
        }
        return most < offers.size() ? DropInRefusal.TOO_MANY_ITEMS : null;
    }

    private @Nullable DropInRefusal answer(
            DropInLine line, TrackerMessage.Answer answer, long nowNanos, List<DropInEffect<TrackerAnswer>> effects) {
        TrackerMessage.Announce announce = answer.announce();
        DropInRefusal refusal = record(line, announce, nowNanos, effects);
        if (refusal != null) {
            return refusal;
        }
        Swarm swarm = places.find(announce.swarm());
        SwarmPeer to = swarm == null ? null : swarm.find(answer.to());
        if (swarm == null || to == null) {
            return DropInRefusal.NO_SUCH_PEER;
        }
        if (!line.mayDeliver(1, answer.answer().text().length(), nowNanos)) {
            return DropInRefusal.DELIVERY_RATE;
        }
        send(
                to.line(),
                new TrackerAnswer.Answered(announce.swarm(), announce.peer(), answer.answer(), answer.offerId()),
                effects);
        return null;
    }

    /** Changes the swarm as the event says; a peer that is not in it comes in by any event but the last. */
    private @Nullable DropInRefusal record(
            DropInLine line,
            TrackerMessage.Announce announce,
            long nowNanos,
            List<DropInEffect<TrackerAnswer>> effects) {
        BinaryId hash = announce.swarm();
        if (!mayUse(line, hash)) {
            return fail(line, hash, TrackerFailure.NOT_GRANTED, DropInRefusal.NOT_GRANTED, effects);
        }
        if (announce.event() == AnnounceEvent.INVALID) {
            return fail(line, hash, TrackerFailure.INVALID_EVENT, DropInRefusal.BAD_MESSAGE, effects);
        }
        Swarm swarm = places.find(hash);
        SwarmPeer peer = swarm == null ? null : swarm.find(announce.peer());
        boolean elsewhere = peer != null && !peer.line().equals(line.id());
        if (peer != null && elsewhere && !peer.address().equals(line.address())) {
            return fail(line, hash, TrackerFailure.PEER_ID_IN_USE, DropInRefusal.ID_TAKEN, effects);
        }
        if (announce.event() == AnnounceEvent.STOPPED) {
            if (peer != null) {
                places.leave(hash, peer);
            }
            return null;
        }
        DropInRefusal full = peer == null || elsewhere ? places.refusalFor(hash, line.id()) : null;
        if (full != null) {
            return fail(line, hash, TrackerFailure.TOO_MANY_SWARMS, full, effects);
        }
        if (swarm == null || peer == null) {
            places.enter(hash, new SwarmPeer(announce.peer(), line, announce.seeder(), nowNanos));
            return null;
        }
        if (elsewhere) {
            places.move(hash, peer, line);
        }
        if (announce.seeder() || announce.event() == AnnounceEvent.COMPLETED) {
            swarm.completed(peer);
        }
        places.seen(hash, swarm, peer, nowNanos);
        return null;
    }

    /** Tokens name swarms by hexadecimal digits, or as they are, where they are made of plain characters. */
    private static boolean mayUse(DropInLine line, BinaryId hash) {
        return line.mayUse(hash.value()) || line.mayUse(hash.hex());
    }

    private static DropInRefusal fail(
            DropInLine line,
            BinaryId hash,
            TrackerFailure failure,
            DropInRefusal refusal,
            List<DropInEffect<TrackerAnswer>> effects) {
        send(line.id(), new TrackerAnswer.AnnounceFailed(hash, failure), effects);
        return refusal;
    }

    private @Nullable DropInRefusal scrape(
            DropInLine line, List<BinaryId> asked, List<DropInEffect<TrackerAnswer>> effects) {
        int most = Math.min(asked.size(), limits.of(HubLimit.TRACKER_SCRAPE));
        List<TrackerAnswer.Size> sizes = new ArrayList<>(most);
        for (BinaryId hash : asked.subList(0, most)) {
            Swarm swarm = mayUse(line, hash) ? places.find(hash) : null;
            sizes.add(new TrackerAnswer.Size(
                    hash, swarm == null ? 0 : swarm.complete(), swarm == null ? 0 : swarm.incomplete()));
        }
        int minInterval = SCRAPE_INTERVALS * limits.of(HubLimit.TRACKER_INTERVAL_SECONDS);
        send(line.id(), new TrackerAnswer.Scraped(sizes, minInterval), effects);
        return most < asked.size() ? DropInRefusal.TOO_MANY_ITEMS : null;
    }

    private static void send(LineId to, TrackerAnswer answer, List<DropInEffect<TrackerAnswer>> effects) {
        effects.add(new DropInEffect.Send<>(List.of(to), answer));
    }

    @Override
    public void closed(DropInLine line, long nowNanos, List<DropInEffect<TrackerAnswer>> effects) {
        places.leaveAll(line.id());
    }

    @Override
    public long nextDeadlineNanos() {
        return places.nextDeadlineNanos();
    }

    @Override
    public void timerFired(long nowNanos, List<DropInEffect<TrackerAnswer>> effects) {
        places.expire(nowNanos);
    }

    /** Swarms and whose connections have places in them. */
    Places places() {
        return places;
    }
}
