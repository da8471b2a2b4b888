package org.caravanhub.reading;

import org.caravanhub.message.Message;
import org.caravanhub.reading.Malformed.Cause;
import org.caravanhub.text.Quoted;

/**
 * Readings that came by HTTP, or as JSON from a flow. The message's topic is {@code http/ingest/DEVICE} if the credential or the path
 * tells the device, and that counts; on any other topic each reading must tell it by its member {@code device}. The family is
 * caravan's: a device that says the same thing by MQTT and by HTTP has said it once. Every case:
 * {@code docs/reference/topics/http-ingest.md}.
 */
public final class HttpIngestDecoder extends ReadingsDecoder {
    private static final String PREFIX = "http/ingest/";

    @Override
    String topicOf(Message message, String device) {
        if (message.topic().startsWith(PREFIX)) {
            return message.topic();
        }
        if (device.isEmpty()) {
            throw new Flaw(
                    Cause.MISSING_FIELD, "device is missing; who measured this? Name it in the path or in the reading");
        }
        return PREFIX + device;
    }

    @Override
    String deviceOf(String topic) {
        return topic.startsWith(PREFIX) ? Topics.idOrEmpty(topic, 2) : "";
    }

    @Override
    Source sourceOf(String topic) {
        String device = topic.substring(PREFIX.length());
        if (!DeviceId.isValid(device)) {
            throw new Flaw(Cause.BAD_ID, "the device is " + Quoted.of(device) + "; allowed are " + DeviceId.RULE);
        }
        return Source.of(device, "caravan");
    }
}
