package org.caravanhub.reading;

import java.util.ArrayList;
import java.util.List;
import org.caravanhub.message.Message;
import org.caravanhub.message.TopicFilter;

/** The decoders of all families that measure something, behind one name: for flows that take everything and pass it on. */
final class EveryFamilyDecoder implements Decoder {
    private final List<Member> members = List.of(
            member("alona/+/telemetry/+", new AlonaTelemetryDecoder()),
            member("caravan/+/telemetry", new CaravanTelemetryDecoder()),
            member("paku/ruuvi/+", new PakuRuuviDecoder()),
            member("paku/+/telemetry", Families.pakuDevice()),
            member("iot/+/+/+/+/+", Families.iot()),
            member("+/sensor/+/state,+/binary_sensor/+/state", Families.esphomeState()),
            member("ruuvi/+/+", Families.ruuviGateway()),
            member("ecoflow/+/+", Families.ecoflowBridge()),
            member("+/+/+/data", new PakuDataDecoder()));

    private final Decoder others = new UnknownTopicDecoder();

    private record Member(List<TopicFilter> topics, Decoder decoder) {}

    @Override
    public List<Outcome> decode(List<Message> messages) {
        List<Outcome> outcomes = new ArrayList<>(messages.size());
        for (Message message : messages) {
            outcomes.addAll(decodeOne(message));
        }
        return outcomes;
    }

    /** The first whose topics fit reads it. */
    @Override
    public List<Outcome> decodeOne(Message message) {
        for (Member member : members) {
            if (member.topics().stream().anyMatch(topic -> topic.matches(message.topic()))) {
                return member.decoder().decodeOne(message);
            }
        }
        return others.decodeOne(message);
    }

    private static Member member(String topics, Decoder decoder) {
        return new Member(TopicFilter.listOf(topics), decoder);
    }
}
