package dev.parley.ice.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to write an IPv4 address into an IPv6 one is found, read and denied. */
class EmbeddedIpv4Test {
    private static final EmbeddedIpv4 EMBEDDED = new EmbeddedIpv4(List.of());
    private static final List<Cidr> EVERYTHING = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));

    private static final List<String> INNER = List.of(
            "127.0.0.1",
            "127.0.0.2",
            "0.0.0.0",
            "10.0.0.1",
            "169.254.169.254",
            "168.63.129.16",
            "255.255.255.255",
            "203.0.113.7",
            "1.1.1.1",
            "9.9.9.9");

    static Stream<Arguments> encodings() {
        return INNER.stream().flatMap(EmbeddedIpv4Test::encodingsOf);
    }

    private static Stream<Arguments> encodingsOf(String text) {
        IpAddress x = IpAddress.parse(text);
        long bits = x.low();
        List<Arguments> rows = new ArrayList<>();
        rows.add(arguments(PeerAddressClass.IPV4_MAPPED, IpAddress.parse("::ffff:" + text), x));
        rows.add(arguments(PeerAddressClass.IPV4_TRANSLATED, IpAddress.parse("::ffff:0:" + text), x));
        rows.add(arguments(PeerAddressClass.NAT64_WELL_KNOWN, IpAddress.parse("64:ff9b::" + text), x));
        rows.add(arguments(PeerAddressClass.NAT64_LOCAL_USE, IpAddress.parse("64:ff9b:1::" + text), x));
        rows.add(arguments(PeerAddressClass.SIX_TO_FOUR, IpAddress.ofIpv6((0x2002L << 48) | (bits << 16), 1), x));
        rows.add(arguments(PeerAddressClass.TEREDO, IpAddress.ofIpv6((0x2001L << 48) | bits, 1), x));
        rows.add(arguments(
                PeerAddressClass.TEREDO,
                IpAddress.ofIpv6(0x2001L << 48, 0x8000_F227_0000_0000L | (~bits & 0xFFFF_FFFFL)),
                x));
        for (String prefix : List.of("2a00:1450:4001:81b", "fe80:0:0:0", "fd00:0:0:1", "2606:4700:0:0")) {
            rows.add(arguments(PeerAddressClass.ISATAP, IpAddress.parse(prefix + ":0:5efe:" + text), x));
            rows.add(arguments(PeerAddressClass.ISATAP, IpAddress.parse(prefix + ":200:5efe:" + text), x));
        }
        if (bits > 1) {
            rows.add(arguments(PeerAddressClass.IPV4_COMPATIBLE, IpAddress.parse("::" + text), x));
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void formIsFoundAndReadAndDeniedWhateverIsInside(PeerAddressClass form, IpAddress outer, IpAddress inner) {
        assertThat(EMBEDDED.findForm(outer)).isEqualTo(form);
        assertThat(EMBEDDED.inside(outer)).contains(inner);
        assertThat(form.embedsIpv4()).isTrue();
        assertThat(PeerAddressPolicy.byDefault().decide(outer).reason()).isEqualTo(form);
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void noAllowListOpensAForm(PeerAddressClass form, IpAddress outer, IpAddress inner) {
        List<Cidr> named = new ArrayList<>(EVERYTHING);
        named.add(Cidr.of(outer));
        named.add(Cidr.of(inner));

        assertThat(new PeerAddressPolicy(named, List.of(), List.of())
                        .decide(outer)
                        .reason())
                .isEqualTo(form);
    }

    /** The forms of every denied IPv4 range, at its first, last and middle address (rows 12 and 13). */
    @Test
    void formsOfEveryDeniedIpv4RangeAreDenied() {
        for (SpecialPurposeRange special : SpecialPurposeRanges.ipv4()) {
            IpAddress first = special.range().network();
            IpAddress last = special.range().last();
            IpAddress middle = IpAddress.ofIpv4((int) ((first.low() + last.low()) / 2));
            for (IpAddress inner : List.of(first, middle, last)) {
                encodingsOf(inner.toString()).forEach(row -> {
                    IpAddress outer = (IpAddress) row.get()[1];
                    assertThat(PeerAddressPolicy.byDefault().decide(outer).allowed())
                            .as("%s inside %s", inner, outer)
                            .isFalse();
                });
            }
        }
    }

    /** The examples of RFC 6052 section 2.4. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8::/32, 2001:db8:c000:221::",
        "2001:db8:100::/40, 2001:db8:1c0:2:21::",
        "2001:db8:122::/48, 2001:db8:122:c000:2:2100::",
        "2001:db8:122:300::/56, 2001:db8:122:3c0:0:221::",
        "2001:db8:122:344::/64, 2001:db8:122:344:c0:2:2100:0",
        "2001:db8:122:344::/96, 2001:db8:122:344::192.0.2.33"
    })
    void operatorsNat64PrefixIsReadInItsLayout(Cidr prefix, String outer) {
        EmbeddedIpv4 embedded = new EmbeddedIpv4(List.of(prefix));

        assertThat(embedded.findForm(IpAddress.parse(outer))).isEqualTo(PeerAddressClass.NAT64_OPERATOR);
        assertThat(embedded.inside(IpAddress.parse(outer))).containsExactly(IpAddress.parse("192.0.2.33"));
    }

    @Test
    void operatorsNat64PrefixIsDeniedInFull() {
        Cidr prefix = Cidr.parse("2a00:1450::/32");
        PeerAddressPolicy policy = new PeerAddressPolicy(List.of(prefix), List.of(), List.of(prefix));

        assertThat(policy.decide(IpAddress.parse("2a00:1450::1")).reason()).isEqualTo(PeerAddressClass.NAT64_OPERATOR);
        assertThat(policy.decide(IpAddress.parse("2a00:1451::1")).allowed()).isTrue();
    }

    /** RFC 8215 leaves the length open: in 64:ff9b:1::/48 the address may stand in any layout that fits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "64:ff9b:1:c000:2:2100::",
                "64:ff9b:1:c0:0:221::",
                "64:ff9b:1:0:c0:2:2100:0",
                "64:ff9b:1::192.0.2.33"
            })
    void localUseNat64IsReadInEveryLayout(String outer) {
        assertThat(EMBEDDED.inside(IpAddress.parse(outer))).contains(IpAddress.parse("192.0.2.33"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::/33", "2001:db8::/128", "10.0.0.0/8", "0.0.0.0/32", "::/0"})
    void otherNat64PrefixesAreRefused(String prefix) {
        assertThatIllegalArgumentException().isThrownBy(() -> new EmbeddedIpv4(List.of(Cidr.parse(prefix))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::", "::1", "2606:4700::1111", "2003::1", "2001:1::1", "2a00::5efe:0:0:0"})
    void plainAddressCarriesNone(String address) {
        assertThat(EMBEDDED.findForm(IpAddress.parse(address))).isNull();
        assertThat(EMBEDDED.inside(IpAddress.parse(address))).isEmpty();
    }
}
