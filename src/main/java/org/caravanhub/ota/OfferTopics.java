package org.caravanhub.ota;

import java.util.List;
import org.caravanhub.command.Addressee;

/** Where an offer is told to a device that does not ask by itself. */
public final class OfferTopics {
    private static final String PAKU = "paku";

    private OfferTopics() {}

    /** Whether devices of its family are told. */
    public static boolean reach(Addressee device) {
        return device.topics().family().equals("caravan")
                || device.topics().family().equals(PAKU);
    }

    /** The topics; none if devices of its family ask by themselves. An old ESP8266 of paku's listens where they all did before. */
    public static List<String> of(Addressee device, Release release) {
        return switch (device.topics().family()) {
            case "caravan" -> List.of("caravan/" + device.segment() + "/cmd/ota");
            case PAKU -> paku(device, release.artifact().chip().equals("ESP8266"));
            default -> List.of();
        };
    }

    private static List<String> paku(Addressee device, boolean isOld) {
        String site = device.topics().site().isEmpty() ? PAKU : device.topics().site();
        String edge = site + "/edge/" + device.segment() + "/cmd/ota";
        return isOld && site.equals(PAKU)
                ? List.of(edge, "paku/devices/" + device.segment() + "/cmd/ota")
                : List.of(edge);
    }
}
