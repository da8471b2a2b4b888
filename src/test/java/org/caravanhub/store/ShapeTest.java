package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShapeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":1,"b":2.50}                           | ["a","b"]     | [1,2.50]
                    { "a" : 1 , "b":{"c":[1,"}"],"d":null} }   | ["a","b"]     | [1,{"c":[1,"}"],"d":null}]
                    {"say \\"hi\\"":"a,b}","t":true}           | ["say \\"hi\\"","t"] | ["a,b}",true]
                    """)
    void namesAndValuesArePartedAsTheDeviceWroteThem(String metrics, String names, String values) {
        byte[] json = metrics.getBytes(StandardCharsets.UTF_8);
        List<byte[]> found = Shape.namesOf(json);

        assertThat(text(Shape.array(found))).isEqualTo(names);
        assertThat(text(new Shape(1, found).valuesOf(json).orElseThrow())).isEqualTo(values);
    }

    @Test
    void otherNamesOrAnotherOrderIsAnotherShape() {
        Shape shape = new Shape(1, Shape.namesOf(bytes("{\"a\":1,\"b\":2}")));

        assertThat(shape.valuesOf(bytes("{\"b\":2,\"a\":1}"))).isEmpty();
        assertThat(shape.valuesOf(bytes("{\"a\":1}"))).isEmpty();
        assertThat(shape.valuesOf(bytes("{\"a\":1,\"b\":2,\"c\":3}"))).isEmpty();
    }

    @Test
    void aDeviceThatChangesBetweenTwoShapesIsReadBackRight() throws Exception {
        try (TestStore store = new TestStore(folder)) {
            for (int second = 0; second < 6; second++) {
                String metrics = second % 2 == 0 ? "{\"t\":" + second + "}" : "{\"h\":0,\"t\":" + second + "}";
                store.keep(TestStore.reading("hut", TestStore.NOON.plusSeconds(second), metrics));
            }
            assertThat(store.text("select group_concat(value, ' ') from (select value from measurement"
                            + " where metric = 't' order by time)"))
                    .isEqualTo("0 1 2 3 4 5");
            assertThat(store.number("select count(*) from shape where id > 0")).isEqualTo(2);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
