package dev.parley.signaling.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.RoomName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiNameTest {
    private static final String ROOM = ApiName.tagOf(new RoomName("demo"));

    @Test
    void nameIsReadAsItWasWritten() {
        for (ApiName name : new ApiName[] {
            new ApiName("shop", "ann@example.org", null), new ApiName("shop", "ann", ROOM), new ApiName("", "ann", ROOM)
        }) {
            assertThat(ApiName.find(name.text())).isEqualTo(name);
            assertThat(name.owner().roomTag()).isNull();
        }
    }

    @Test
    void roomsAndUsersAreNamedByTagsOfOneLength() {
        assertThat(ROOM).hasSize(22).isNotEqualTo(ApiName.tagOf(new RoomName("demo2")));
        assertThat(ApiName.USER.matcher(ApiName.tag("anything")).matches()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ann", "member:ann", "api:", "api:shop", "api:shop:", "api:sh.op:ann", "api:shop:ann:short"})
    void otherNamesAreNone(String name) {
        assertThat(ApiName.find(name)).isNull();
    }
}
