package dev.parley.signaling;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.parley.testing.ArchitectureRules;
import dev.parley.testing.CoreRules;

@AnalyzeClasses(packages = "dev.parley.signaling")
class ArchitectureTest {
    @ArchTest
    static final ArchTests EVERYWHERE = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchTests CORE = ArchTests.in(CoreRules.class);

    /** The door, events, effects, messages and the values in them, and the limits, which the whole module shares. */
    @ArchTest
    static final ArchRule DOOR = CoreRules.onlyThesePublic(
            "Hub",
            "HubEvent",
            "HubEffect",
            "HubLimit",
            "HubLimits",
            "ClientMessage",
            "ServerMessage",
            "SessionId",
            "Role",
            "RoomView",
            "RoomKey",
            "RoomChange",
            "RoomOrder",
            "RoomAnswer",
            "SignalFilter",
            "ResumeKey",
            "Stamp",
            "Delivery",
            "RoomName",
            "MemberName",
            "Ref",
            "JsonText",
            "Presence",
            "PresenceChange",
            "MemberView",
            "TokenMark",
            "Revocations",
            "Knock",
            "KnockEnd",
            "Departure",
            "ErrorCode",
            "Refusal",
            "CloseReason",
            "AddressPrefix",
            "TokenBucket",
            "LineId",
            "DropInLine",
            "DropInHub",
            "DropInService",
            "DropInEvent",
            "DropInEffect",
            "DropInRefusal",
            "PeerJsServer",
            "PeerJsRules",
            "PeerJsMessage",
            "PeerJsAnswer",
            "PeerJsError",
            "RelayType",
            "TopicServer",
            "TopicMessage",
            "TopicAnswer",
            "TopicSpeech",
            "Tracker",
            "TrackerMessage",
            "TrackerAnswer",
            "TrackerFailure",
            "AnnounceEvent",
            "BinaryId",
            "Identity",
            "IdentityPolicy",
            "Grant",
            "Allowance",
            "UserId");

    @ArchTest
    static final ArchRule MAPS = CoreRules.unorderedMapsOnlyIn("SessionTable", "RoomTable");
}
