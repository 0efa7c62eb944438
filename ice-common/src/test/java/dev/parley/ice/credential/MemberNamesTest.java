package dev.parley.ice.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MemberNamesTest {
    @Test
    void prefixTellsMembersFromOthers() {
        assertThat(MemberNames.PREFIX).isEqualTo("member:");
        assertThat(MemberNames.of("abc")).isEqualTo("member:abc");
        assertThat(MemberNames.isMember("member:abc")).isTrue();
        assertThat(MemberNames.isMember("members:abc")).isFalse();
        assertThat(MemberNames.requirePublicId("member:abc")).isEqualTo("abc");
        assertThatIllegalArgumentException().isThrownBy(() -> MemberNames.requirePublicId("abc"));
    }
}
