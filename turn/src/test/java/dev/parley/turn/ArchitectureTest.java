package dev.parley.turn;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.parley.testing.ArchitectureRules;
import dev.parley.testing.CoreRules;

@AnalyzeClasses(packages = "dev.parley.turn")
class ArchitectureTest {
    @ArchTest
    static final ArchTests EVERYWHERE = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchTests CORE = ArchTests.in(CoreRules.class);

    /** The door, its events and effects, the objects its data plane hands out, and what a runner must bring along. */
    @ArchTest
    static final ArchRule DOOR = CoreRules.onlyThesePublic(
            "TurnServer",
            "TurnEvent",
            "TurnEffect",
            "ClientKey",
            "ClientTransport",
            "Allocation",
            "Relay",
            "IcmpIndication",
            "PeerRoute",
            "RefusalReason",
            "EndReason",
            "DropReason",
            "TurnSettings",
            "TurnLimits",
            "TurnExtensions",
            "Alternates",
            "BehaviorDiscovery",
            "RelayAddress",
            "PortRange",
            "PortPartition",
            "Lifetimes",
            "MobilityTickets",
            "Users",
            "UserDecision",
            "TimeLimitedUsers",
            "MemberDirectory",
            "Quotas",
            "BandwidthShare",
            "Traffic",
            "Reservations",
            "HeldPort",
            "PeerRules",
            "PeerVerdict",
            "PortSet",
            "RelayScope",
            "RevokedNames",
            "LiveRelays",
            "OwnAddresses");

    @ArchTest
    static final ArchRule MAPS = CoreRules.unorderedMapsOnlyIn();
}
