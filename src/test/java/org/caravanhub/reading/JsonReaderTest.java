package org.caravanhub.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonReaderTest {
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String PARTS = "{}[]\",:\\0123456789eE-+. \n\t\r/abfnrtulsxé€😀\u0001\u007f\ud800";
    private final JsonReader json = new JsonReader();

    /**
     * Two parsers written by different people agree on which of 60,000 small documents are JSON. Left out are those with what this
     * one refuses on purpose: NUL and halves of characters as escapes, numbers that are not finite.
     */
    @Test
    void itTakesWhatJacksonTakesAndRefusesWhatJacksonRefuses() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] document = document(random).getBytes(UTF_8);
            boolean takes = takes(document);
            String text = new String(document, UTF_8);
            if (!takes && (text.contains("\\u") || text.contains("e") || text.contains("E"))) {
                continue;
            }
            assertThat(takes).as("seed %d: %s", seed, text).isEqualTo(jacksonTakes(document));
            taken += takes ? 1 : 0;
        }
        assertThat(taken).isGreaterThan(5_000);
    }

    @Test
    void utf8IsReadAsStrictlyAsTheJdkReadsIt() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(4)];
            random.nextBytes(bytes);
            bytes[0] |= (byte) 0x80;
            int end = 0;
            for (int next = -1; end < bytes.length && next != end; ) {
                next = end;
                end = Utf8.end(bytes, end, bytes.length);
            }
            assertThat(end == bytes.length).isEqualTo(jdkTakes(bytes));
        }
    }

    @Test
    void escapesAreResolvedAndTheRestOfATextIsLeftAlone() {
        open("\"a\\n\\u00e4\\ud83d\\ude00\\/ é\"");
        json.peek();
        json.readString();

        assertThat(json.tokenText("")).isEqualTo("a\nä😀/ é");
    }

    @Test
    void aNameIsFoundHoweverItIsSpelled() {
        open("{\"m\\u0065trics\":1}");
        json.peek();
        json.enterObject();

        assertThat(json.nextMember()).isTrue();
        assertThat(json.nameIs("metrics")).isTrue();
    }

    @Test
    void aTextIsGivenBackAsTheOneThatWasLikely() {
        String likely = new String("van_inside".toCharArray());
        open("\"van_inside\"");

        assertThat(json.readText("location", likely)).isSameAs(likely);
    }

    @Test
    void foreignTextInAReasonIsOneHarmlessLine() {
        assertThatThrownBy(() -> takesOrThrows("[\u202e]".getBytes(UTF_8)))
                .isInstanceOf(Flaw.class)
                .hasMessageStartingWith("at byte 2: found \"\\u202e\"; expected a value");
    }

    /** Mostly near JSON: a valid document with up to two characters changed. */
    private static String document(Random random) {
        StringBuilder text = new StringBuilder();
        value(random, text, 0);
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(text.length());
            int part = PARTS.codePointAt(random.nextInt(PARTS.length() - 3));
            text.replace(at, at + random.nextInt(2), Character.toString(part));
        }
        return text.toString();
    }

    private static void value(Random random, StringBuilder text, int depth) {
        switch (random.nextInt(depth > 3 ? 4 : 6)) {
            case 0 -> text.append(random.nextInt(2000) - 1000);
            case 1 -> text.append(random.nextDouble() * 1e9).append(random.nextBoolean() ? "" : " ");
            case 2 -> text.append(random.nextBoolean() ? "true" : "null");
            case 3 ->
                text.append('"')
                        .append("aé\\n\\\"😀".substring(0, random.nextInt(6)))
                        .append('"');
            case 4 -> {
                text.append('[');
                for (int i = random.nextInt(3); i > 0; i--) {
                    value(random, text, depth + 1);
                    text.append(i > 1 ? "," : "");
                }
                text.append(']');
            }
            default -> {
                text.append('{');
                for (int i = random.nextInt(4); i > 0; i--) {
                    text.append('"').append((char) ('a' + random.nextInt(6))).append("\": ");
                    value(random, text, depth + 1);
                    text.append(i > 1 ? ", " : "");
                }
                text.append('}');
            }
        }
    }

    private boolean takes(byte[] document) {
        try {
            takesOrThrows(document);
            return true;
        } catch (Flaw flaw) {
            return false;
        }
    }

    private void takesOrThrows(byte[] document) {
        json.open(document, 0, document.length);
        json.skipValue();
        json.close();
    }

    private void open(String document) {
        byte[] bytes = document.getBytes(UTF_8);
        json.open(bytes, 0, bytes.length);
    }

    private static boolean jacksonTakes(byte[] document) {
        try (JsonParser parser = JACKSON.createParser(document)) {
            int depth = 0;
            int values = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                values += depth == 0 ? 1 : 0;
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                parser.getText();
            }
            return values == 1;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean jdkTakes(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
