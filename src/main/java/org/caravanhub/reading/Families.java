package org.caravanhub.reading;

import org.caravanhub.reading.Event.Severity;
import org.caravanhub.reading.EventDecoder.Form;
import org.caravanhub.reading.FamilyDecoder.Member;
import org.caravanhub.reading.StatusDecoder.Rule;

/** Which topics each family has beside its readings, and what is understood of them: the table of contents of this package. */
public final class Families {
    private Families() {}

    /** What measures something, of all families, by topic; for flows that pass everything on. */
    public static Decoder every() {
        return new EveryFamilyDecoder();
    }

    /** The homelab's sensors, their states, events and answers to commands. {@code docs/reference/topics/iot.md}. */
    public static Decoder iot() {
        String sensor = "iot/{site}/{gateway}/{location}/{device}/";
        Form event = new Form("", "event_type", Severity.INFO, false);
        Form answer = new Form("command_response", "", Severity.INFO, false);
        return new FamilyDecoder(
                status("iot", sensor + "status", Rule.STATE),
                status("iot", "iot/{site}/{device}/_gateway/status", Rule.STATE),
                event("iot", sensor + "events", event),
                event("iot", sensor + "commands/response", answer),
                event("iot", "iot/{site}/{device}/commands/response", answer),
                Member.of(new IotMeasurementDecoder()));
    }

    /** What ESPHome's components say of themselves. {@code docs/reference/topics/esphome.md}. */
    public static Decoder esphomeState() {
        return new EsphomeStateDecoder();
    }

    /** Whether an ESPHome node is there. {@code docs/reference/topics/esphome.md}. */
    public static Decoder esphomeStatus() {
        return new StatusDecoder(TopicShape.of("esphome", "{prefix}/status"), Rule.WORD);
    }

    /** A Ruuvi Gateway and the tags that it hears. {@code docs/reference/topics/ruuvi.md}. */
    public static Decoder ruuviGateway() {
        return new FamilyDecoder(
                status("ruuvi", "ruuvi/{device}/gw_status", Rule.STATE), Member.of(new RuuviGatewayDecoder()));
    }

    /** A bridge that hears power stations, and the stations. {@code docs/reference/topics/ecoflow.md}. */
    public static Decoder ecoflowBridge() {
        return new FamilyDecoder(
                status("ecoflow", "ecoflow/{device}/status", Rule.ANY),
                new Member(EcoFlowBridgeDecoder.SHAPE, new EcoFlowBridgeDecoder()));
    }

    /** What paku's devices say of themselves and of their configuration. {@code docs/reference/topics/paku.md}. */
    public static Decoder pakuEdge() {
        return new FamilyDecoder(
                status("paku", "{site}/{system}/{device}/status", Rule.ANY),
                configuration("paku", "{site}/edge/{device}/config"),
                configuration("paku", "{site}/edge/{device}/config/report"));
    }

    /** Paku's devices as they were first thought of. {@code docs/reference/topics/paku.md}. */
    public static Decoder pakuDevice() {
        TopicShape telemetry = TopicShape.of("paku", "paku/{device}/telemetry");
        return new FamilyDecoder(
                new Member(telemetry, new CaravanTelemetryDecoder(telemetry)),
                status("paku", "paku/{device}/state", Rule.ANY),
                event("paku", "paku/{device}/event/{name}", Form.NAMED_BY_TOPIC));
    }

    /** What Alona's nodes say beside their telemetry. {@code docs/reference/topics/alona.md}. */
    public static Decoder alonaNode() {
        return new FamilyDecoder(
                status("alona", "alona/{node}/heartbeat", Rule.VERSION),
                status("alona", "alona/{node}/status", Rule.ANY),
                event("alona", "alona/{node}/event/{name}", new Form("", "", Severity.INFO, true)),
                event("alona", "alona/{node}/error", new Form("", "code", Severity.ERROR, true)));
    }

    /** What Caravan's own devices say beside their telemetry. {@code docs/reference/topics/caravan.md}. */
    public static Decoder caravanDevice() {
        return new FamilyDecoder(
                status("caravan", "caravan/{device}/status", Rule.ANY),
                event("caravan", "caravan/{device}/event/{name}", Form.NAMED_BY_TOPIC),
                configuration("caravan", "caravan/{device}/config/report"));
    }

    private static Member status(String family, String shape, Rule rule) {
        return Member.of(new StatusDecoder(TopicShape.of(family, shape), rule));
    }

    private static Member event(String family, String shape, Form form) {
        return Member.of(new EventDecoder(TopicShape.of(family, shape), form));
    }

    private static Member configuration(String family, String shape) {
        return Member.of(new ConfigurationDecoder(TopicShape.of(family, shape)));
    }
}
