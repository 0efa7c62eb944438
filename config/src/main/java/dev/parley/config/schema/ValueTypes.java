package dev.parley.config.schema;

import static java.util.Map.entry;

import dev.parley.config.ByteSize;
import dev.parley.config.ExternalAddress;
import dev.parley.config.PortRange;
import dev.parley.config.PortSpan;
import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table from Java type to value type. */
final class ValueTypes {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,9})");
    private static final Pattern PORTS = Pattern.compile("([1-9][0-9]{0,4})-([1-9][0-9]{0,4})");
    private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,10})(B|KiB|MiB)?");

    private static final Map<Class<?>, ValueType<?>> BY_CLASS = Map.ofEntries(
            entry(int.class, new TextType<>("a whole number", ValueTypes::wholeNumber, String::valueOf)),
            entry(boolean.class, new TextType<>("true or false", ValueTypes::truth, String::valueOf)),
            entry(
                    String.class,
                    new TextType<>("a text without control characters", ValueTypes::plainText, text -> text)),
            entry(Path.class, new TextType<>("a path", text -> Path.of(plainText(text)), Path::toString)),
            entry(Duration.class, new DurationType()),
            entry(
                    ByteSize.class,
                    new TextType<>("a size such as 512B, 64KiB or 1MiB", ValueTypes::size, ByteSize::toString)),
            entry(
                    PortRange.class,
                    new TextType<>(
                            "a port range such as 49152-65535, within 1024-65535",
                            ValueTypes::ports,
                            PortRange::toString)),
            entry(
                    PortSpan.class,
                    new TextType<>("a port or ports such as 1900 or 1-1023", PortSpan::parse, PortSpan::toString)),
            entry(IpAddress.class, new TextType<>("an IPv4 or IPv6 address", IpAddress::parse, IpAddress::toString)),
            entry(
                    ExternalAddress.class,
                    new TextType<>(
                            "an address, or two of one family as external/internal",
                            ExternalAddress::parse,
                            ExternalAddress::toString)),
            entry(
                    Cidr.class,
                    new TextType<>("a CIDR block such as 10.0.0.0/8 or fd00::/8", Cidr::parse, Cidr::toString)),
            entry(
                    TransportAddress.class,
                    new TextType<>(
                            "an address with a port, such as 203.0.113.9:3478 or [2001:db8::9]:3478",
                            TransportAddress::parse,
                            TransportAddress::toString)),
            entry(
                    URI.class,
                    new TextType<>(
                            "an address that begins with https:// or http://", ValueTypes::webAddress, URI::toString)),
            entry(Secret.class, new SecretType()));

    private ValueTypes() {}

    /** The value type of a record component's class; a class without one is a programming error. */
    @SuppressWarnings("unchecked") // asSubclass of a wildcard enum: isEnum was just checked
    static ValueType<?> of(Class<?> type) {
        if (type.isEnum()) {
            return new EnumType((Class<? extends Enum<?>>) type);
        }
        ValueType<?> found = BY_CLASS.get(type);
        if (found == null) {
            throw new IllegalStateException("no configuration value can be of type " + type.getName());
        }
        return found;
    }

    private static int wholeNumber(String text) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return Integer.parseInt(text);
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static String plainText(String text) {
        if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static URI webAddress(String text) {
        URI address = URI.create(text);
        boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
        if (!web || address.getHost() == null) {
            throw new IllegalArgumentException(text);
        }
        return address;
    }

    private static ByteSize size(String text) {
        Matcher matcher = match(SIZE, text);
        long unit = switch (matcher.group(2)) {
            case "KiB" -> 1024;
            case "MiB" -> 1024 * 1024;
            case null, default -> 1;
        };
        return new ByteSize(Long.parseLong(matcher.group(1)) * unit);
    }

    private static PortRange ports(String text) {
        Matcher matcher = match(PORTS, text);
        return new PortRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    private static Matcher match(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        return matcher;
    }
}
