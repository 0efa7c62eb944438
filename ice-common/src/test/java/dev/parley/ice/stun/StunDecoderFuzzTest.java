package dev.parley.ice.stun;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Runs over its seed files in every build; with {@code JAZZER_FUZZ=1} and {@code -Djazzer.hooks=true} it looks for new
 * ones.
 */
class StunDecoderFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void anyBytesEndInAResult(byte[] bytes) {
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        DecodeResults.check(buffer, StunDecoder.decode(buffer));
    }
}
