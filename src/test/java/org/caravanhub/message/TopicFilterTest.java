package org.caravanhub.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
    @ParameterizedTest
    @CsvSource({
        "a/b,            a/b,        true",
        "a/b,            a/b/c,      false",
        "a/b,            a,          false",
        "a/+,            a/b,        true",
        "a/+,            a/,         true",
        "a/+,            a,          false",
        "a/+,            a/b/c,      false",
        "+/+,            /b,         true",
        "+,              /b,         false",
        "a/+/c,          a/b/c,      true",
        "a/+/c,          a//c,       true",
        "a/#,            a,          true",
        "a/#,            a/,         true",
        "a/#,            a/b/c,      true",
        "a/#,            ab,         false",
        "a/+/#,          a,          false",
        "a/+/#,          a/b,        true",
        "#,              a/b,        true",
        "#,              $SYS/x,     false",
        "+/x,            $SYS/x,     false",
        "$SYS/#,         $SYS/x,     true",
        "$share/g/a/#,   a/b,        true",
        "$share/g/#,     $SYS/x,     false",
        "A/b,            a/b,        false",
    })
    void wildcardsStandForLevels(String filter, String topic, boolean matches) {
        assertThat(TopicFilter.of(filter).matches(topic)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "#,           a/b,      true",
        "#,           #,        true",
        "#,           $SYS/a,   false",
        "+/b,         $SYS/b,   false",
        "$SYS/#,      $SYS/a,   true",
        "a/#,         a,        true",
        "a/#,         a/b/c,    true",
        "a/#,         a/#,      true",
        "a/#,         a/+/c,    true",
        "a/#,         #,        false",
        "a/+,         a/b,      true",
        "a/+,         a/+,      true",
        "a/+,         a/#,      false",
        "a/+,         a,        false",
        "a/b,         a/+,      false",
        "a/b,         a/b,      true",
        "a/b,         a/b/c,    false",
        "a/b,         a/b/#,    false",
        "a/b,         a/bc,     false",
        "a/b,         A/b,      false",
    })
    void aFilterCoversWhatIsNarrower(String filter, String requested, boolean covered) {
        assertThat(TopicFilter.of(filter).covers(requested)).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a#", "a/#/b", "a+/b", "a/b+", "$share/g", "$share//a", "$share/g/", "a/\0"})
    void whatTheBrokerWouldRefuseIsRefusedHere(String filter) {
        assertThatThrownBy(() -> TopicFilter.of(filter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no topic filter");
    }

    @Test
    void severalFiltersAreSeparatedByCommas() {
        assertThat(TopicFilter.listOf("a/#, $share/g/+/b"))
                .containsExactly(TopicFilter.of("a/#"), TopicFilter.of("$share/g/+/b"));
    }
}
