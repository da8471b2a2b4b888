package org.caravanhub.presence;

import java.time.Duration;
import org.caravanhub.device.Presence;

/**
 * Why a device is judged as it is, for a person: {@code missed 3 of 60 s}.
 *
 * @param device as it was just judged
 * @param ear the {@link Ear}
 */
record Reason(Watched device, long ear, Moments moments, Watched.Others others) {

    String text() {
        String before = device.fromBefore();
        if (before != null
                && device.state() == Presence.OFFLINE
                && device.cause() != Cause.GATEWAY
                && device.will() == null) {
            return before;
        }
        return switch (device.cause()) {
            case NEVER -> "never heard";
            case DISABLED -> "disabled by its owner";
            case WILL -> "last will" + will();
            case GATEWAY ->
                "its gateway " + String.join(", ", device.gateways())
                        + (isAnyBack() ? " was offline; not heard since" : " is offline");
            case MISSED -> "missed " + missed() + (device.isAsleep() ? "; it sleeps" : "");
            case HEARD -> "heard " + ago() + " ago" + doubt();
        };
    }

    private String will() {
        Will will = device.will();
        if (will != null && will.isKept()) {
            return ", kept by the broker";
        }
        return " at " + moments.clockTime(will == null ? moments.nowMs() : will.atMs());
    }

    private String missed() {
        long usual = device.usualMs();
        return Math.max(1, device.silence(ear) / usual) + " of " + Words.span(Duration.ofMillis(usual));
    }

    private String ago() {
        return Words.span(Duration.ofMillis(Math.max(0, moments.wallNow() - device.heardWall(moments))));
    }

    private String doubt() {
        if (!device.isHeardHere()) {
            return "; not known while the hub was off";
        }
        return device.isAsleep() ? "; it sleeps" : "";
    }

    private boolean isAnyBack() {
        for (String gateway : device.gateways()) {
            Watched through = others.find(gateway);
            if (through != null && through.state() != Presence.OFFLINE) {
                return true;
            }
        }
        return false;
    }
}
