package org.caravanhub.reading;

import java.util.List;
import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed.Cause;
import org.jspecify.annotations.Nullable;

/**
 * What a Ruuvi Gateway heard of a tag on {@code ruuvi/{gateway}/{tag}}: the advertisement as it was sent, and the strength of its signal.
 * Only {@code data} must be there. Every case: {@code docs/reference/topics/ruuvi.md}.
 */
final class RuuviGatewayDecoder extends ShapedDecoder {
    RuuviGatewayDecoder() {
        super(TopicShape.of("ruuvi", "ruuvi/{gateway}/{tag}"));
    }

    @Override
    void read(Message message, JsonReader json, List<Outcome> outcomes) {
        Voice voice = voice(message.topic());
        json.open(message.payload(), 0, message.payload().length);
        enterObject(json);
        RuuviAdvertisement advertisement = null;
        long heard = DeviceTime.NONE;
        long told = DeviceTime.NONE;
        String rssi = "";
        while (json.nextMember()) {
            if (json.nameIs("data")) {
                advertisement = readAdvertisement(json);
            } else if (json.nameIs("ts")) {
                heard = DeviceTime.read(json);
            } else if (json.nameIs("gwts")) {
                told = DeviceTime.read(json);
            } else if (json.nameIs("rssi")) {
                rssi = readWholeNumber(json);
            } else {
                json.skipValue();
            }
        }
        json.close();
        long time = heard == DeviceTime.NONE ? told : heard;
        outcomes.add(reading(message, voice, voice.source(), time, metrics(advertisement, rssi)));
    }

    private Metrics metrics(@Nullable RuuviAdvertisement advertisement, String rssi) {
        if (advertisement == null) {
            throw new Flaw(Cause.MISSING_FIELD, "data is missing; expected " + expected());
        }
        MetricsWriter metrics = new MetricsWriter();
        RuuviFormat.decode(advertisement, metrics);
        int behind = advertisement.rssiDbm();
        if (!rssi.isEmpty() || behind != 0) {
            metrics.number("rssi_dbm", rssi.isEmpty() ? behind : Long.parseLong(rssi), 0);
        }
        if (metrics.isEmpty()) {
            throw new Flaw(Cause.NO_METRICS, "the tag says of each of its values that it is not available");
        }
        return metrics.written();
    }

    private static RuuviAdvertisement readAdvertisement(JsonReader json) {
        byte first = json.peek();
        int position = json.position();
        if (first != '"') {
            json.skipValue();
            throw json.unexpected(Cause.WRONG_TYPE, position, "data to be a text of hexadecimal digits");
        }
        json.readString();
        return RuuviAdvertisement.parse(json.token(), json.tokenFrom(), json.tokenTo());
    }

    /** The digits; empty if it is anything else than a whole number of a signal's size. */
    private static String readWholeNumber(JsonReader json) {
        json.peek();
        json.skipValue();
        String text = json.tokenText("-60");
        boolean isWhole = !text.isEmpty() && text.length() <= 6;
        for (int i = text.startsWith("-") ? 1 : 0; isWhole && i < text.length(); i++) {
            isWhole = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return isWhole && !text.equals("-") ? text : "";
    }

    @Override
    String expected() {
        return "{\"rssi\":-26,\"ts\":1764619200,\"data\":\"0201061BFF990405…\"}";
    }
}
