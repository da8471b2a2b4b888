package org.caravanhub.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.caravanhub.text.Quoted;

/** What is written into a command for each family, and what may be. */
public final class Wording {
    private static final List<String> HEATER = List.of("start", "stop", "vent", "reset");
    private static final int MOST_POWER = 9;
    /** What is between words, or cannot be seen at all. */
    private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Z}\\p{C}_-]+");

    /** Reads JSON from outside, strictly; numbers stay as they were written. */
    static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxNumberLength(64)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build())
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Function<String, byte[]> secrets;

    /** @param secrets the secret of a gateway of the homelab, by its id */
    Wording(Function<String, byte[]> secrets) {
        this.secrets = secrets;
    }

    /**
     * Writes commands.
     *
     * @param secrets the hub's secrets by name; throws {@link IllegalArgumentException} saying what to do if there is none
     */
    public static Wording with(UnaryOperator<String> secrets) {
        return new Wording(gateway -> Signature.secret(gateway, secrets));
    }

    /**
     * Looks whether a family understands a command.
     *
     * @throws WrongCommand if it does not, with its rule
     * @throws NoWay if something is missing to write it
     */
    public void check(Addressee to, String name, JsonNode parameters) {
        switch (to.way()) {
            case PAKU_HEATER -> checkHeater(name, parameters);
            case PAKU_CONTROL, ESPHOME -> checkValue(to.way(), parameters);
            case IOT -> {
                if (name.indexOf('|') >= 0) {
                    throw new WrongCommand(
                            "The name of a command for the homelab has no |, which separates what is signed.");
                }
                if (secrets.apply(to.gateway()).length == 0) {
                    throw new NoWay("The secret of " + to.gateway() + " is empty.");
                }
            }
            default -> {}
        }
    }

    /** The words that a command is known by in the list of those that have to be confirmed, each as {@link #plain} makes it. */
    public static List<String> words(Addressee to, String name) {
        String word = plain(name);
        // What is restarted by a button of ESPHome's is restarted.
        String last = word.substring(word.lastIndexOf('/') + 1);
        return List.of(
                word,
                last,
                plain(to.topics().family()) + "/" + word,
                plain(to.topics().system()) + "/" + word);
    }

    /** A word as it is compared: firmware may take {@code RESTART}, {@code restart } and {@code factory-reset} for the same as their plain forms. */
    public static String plain(String word) {
        return SEPARATORS
                .matcher(Normalizer.normalize(word, Normalizer.Form.NFKC))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    /** What is sent, the same at each time but for the time at which it expires. */
    public byte[] write(Command command, Instant now) {
        Command.Order order = command.order();
        return switch (order.way()) {
            case CARAVAN, PAKU_DEVICE ->
                json(json -> {
                    json.writeStringField("id", order.id());
                    json.writeStringField("name", order.name());
                    json.writeFieldName("parameters");
                    json.writeRawValue(order.parameters());
                    json.writeStringField(
                            "expires_at",
                            command.progress()
                                    .expiresAt()
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .toString());
                });
            case PAKU_CONTROL ->
                json(json -> {
                    json.writeStringField("command", order.name());
                    json.writeFieldName("value");
                    json.writeRawValue(value(order).toString());
                    json.writeStringField(
                            "timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
                });
            case PAKU_HEATER ->
                json(json -> {
                    json.writeStringField("cmd", order.name());
                    JsonNode power = tree(order.parameters()).get("power");
                    if (power != null) {
                        json.writeNumberField("power", power.intValue());
                    }
                });
            case IOT -> homelab(command);
            case ESPHOME -> {
                JsonNode value = value(order);
                yield (value.isTextual() ? value.textValue() : value.toString()).getBytes(StandardCharsets.UTF_8);
            }
        };
    }

    private byte[] homelab(Command command) {
        Command.Order order = command.order();
        String sequence = Long.toString(command.progress().sequence());
        byte[] secret = secrets.apply(gateway(order.topic()));
        return json(json -> {
            json.writeStringField("command", order.name());
            json.writeFieldName("parameters");
            json.writeRawValue(order.parameters());
            json.writeStringField("request_id", order.id());
            json.writeFieldName("seq");
            json.writeRawValue(sequence);
            json.writeStringField("hmac", Signature.of(secret, order.name() + "|" + order.id() + "|" + sequence));
        });
    }

    /** {@code gw-01} of {@code iot/cottage/gw-01/...}. */
    private static String gateway(String topic) {
        return topic.split("/", -1)[2];
    }

    private static void checkHeater(String name, JsonNode parameters) {
        if (!HEATER.contains(name)) {
            throw new WrongCommand(
                    "A heater knows " + String.join(", ", HEATER) + ", and not " + Quoted.of(name) + ".");
        }
        List<String> others = new ArrayList<>();
        parameters.fieldNames().forEachRemaining(others::add);
        others.remove("power");
        JsonNode power = parameters.get("power");
        boolean isPower = power == null
                || (power.isIntegralNumber()
                        && power.canConvertToInt()
                        && power.intValue() >= 0
                        && power.intValue() <= MOST_POWER);
        if (!isPower || !others.isEmpty()) {
            throw new WrongCommand("A heater takes one parameter, power, a whole number from 0 to " + MOST_POWER + ".");
        }
    }

    private static void checkValue(Way way, JsonNode parameters) {
        JsonNode value = parameters.get("value");
        boolean isPlain = value != null && value.isValueNode() && !value.isNull();
        boolean isRight =
                way == Way.ESPHOME ? isPlain && parameters.size() == 1 : parameters.size() == (value == null ? 0 : 1);
        if (!isRight) {
            throw new WrongCommand(
                    way == Way.ESPHOME
                            ? "An ESPHome component takes one parameter, value, such as \"ON\"."
                            : "A paku device takes one parameter, value, of any kind, or none.");
        }
    }

    private static JsonNode value(Command.Order order) {
        JsonNode value = tree(order.parameters()).get("value");
        return value == null ? JSON.nullNode() : value;
    }

    /**
     * What JSON from outside says, read strictly.
     *
     * @throws IOException saying what is wrong with it
     */
    public static JsonNode read(byte[] json) throws IOException {
        JsonNode node = JSON.readTree(json);
        return node == null ? JSON.missingNode() : node;
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("the table holds what is no JSON", e);
        }
    }

    /** Writes members of an object. */
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] json(Members members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.getFactory().createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("JSON could not be written", e);
        }
        return bytes.toByteArray();
    }
}
