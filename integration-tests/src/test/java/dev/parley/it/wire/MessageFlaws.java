package dev.parley.it.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules about the form of every message that a server sends: RFC 8489 sections 5 and 14, RFC 8656 section 18. */
final class MessageFlaws {
    private static final Set<Integer> ADDRESSES =
            Set.of(Wire.XOR_MAPPED_ADDRESS, Wire.XOR_PEER_ADDRESS, Wire.XOR_RELAYED_ADDRESS, Wire.MAPPED_ADDRESS);

    private MessageFlaws() {}

    static void find(Message message, List<String> flaws) {
        if (message.type() >>> 14 != 0) {
            flaws.add("the first two bits are not zero");
        }
        if (message.cookie() != Wire.COOKIE) {
            flaws.add("no magic cookie");
        }
        if (message.lengthField() % 4 != 0) {
            flaws.add("the length is no multiple of 4");
        }
        if (message.lengthField() != message.bytes().length - Wire.HEADER_BYTES) {
            flaws.add("the length is not that of the message");
        }
        errorCode(message, flaws);
        order(message, flaws);
        message.parts().stream().filter(part -> ADDRESSES.contains(part.type())).forEach(part -> address(part, flaws));
    }

    private static void errorCode(Message message, List<String> flaws) {
        List<Message.Part> errors = message.parts().stream()
                .filter(part -> part.type() == Wire.ERROR_CODE)
                .toList();
        if (errors.size() != (message.messageClass() == Wire.ERROR ? 1 : 0)) {
            flaws.add(errors.size() + " ERROR-CODE attributes");
        }
        for (Message.Part error : errors) {
            byte[] value = error.bytes();
            if (value.length < 4 || value[0] != 0 || value[1] != 0 || value[2] < 3 || value[2] > 6) {
                flaws.add("ERROR-CODE with reserved bits or a class out of range");
            } else if (value[3] < 0 || value[3] > 99) {
                flaws.add("ERROR-CODE with a number out of range");
            }
        }
    }

    private static void order(Message message, List<String> flaws) {
        Set<Integer> before = new HashSet<>();
        for (Message.Part part : message.parts()) {
            if (before.contains(Wire.FINGERPRINT)) {
                flaws.add("FINGERPRINT is not the last attribute");
            }
            boolean isTail = part.type() == Wire.FINGERPRINT || part.type() == Wire.MESSAGE_INTEGRITY_SHA256;
            if (before.contains(Wire.MESSAGE_INTEGRITY) && !isTail) {
                flaws.add("an attribute after MESSAGE-INTEGRITY");
            }
            if (part.type() == Wire.FINGERPRINT
                    && part.number() != Keys.fingerprint(message.textUpTo(part, Integer.BYTES))) {
                flaws.add("a wrong FINGERPRINT");
            }
            before.add(part.type());
        }
    }

    private static void address(Message.Part part, List<String> flaws) {
        byte[] value = part.bytes();
        boolean isWhole = (value.length == 8 && value[1] == Wire.IPV4) || (value.length == 20 && value[1] == Wire.IPV6);
        if (!isWhole || value[0] != 0) {
            flaws.add("an address with a wrong family, length or first byte");
        }
    }
}
