package org.caravanhub.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUrlTest {
    @ParameterizedTest
    @CsvSource({
        "tcp://10.0.0.1:1884, tcp://10.0.0.1:1884",
        "mqtt://hut.local,    tcp://hut.local:1883",
        "ssl://hut.local,     ssl://hut.local:8883",
        "mqtts://[::1]:9000,  ssl://[::1]:9000",
        "hut.local:1885,      tcp://hut.local:1885",
    })
    void itIsWrittenOneWay(String text, String url) {
        assertThat(BrokerUrl.parse(text)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://hut.local", "tcp://", "tcp://a b"})
    void whatCannotBeReadIsNamed(String text) {
        assertThatThrownBy(() -> BrokerUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void credentialsInItAreRefusedAndNotRepeated() {
        assertThatThrownBy(() -> BrokerUrl.parse("tcp://hut:s3cret@hut.local"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("userName")
                .message()
                .doesNotContain("s3cret");
    }
}
