package org.caravanhub.presence;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.caravanhub.device.Presence;

/** Decides what is worth telling of devices, and when. Belongs to the lock of {@link PresenceWatch}. */
final class Telling {
    /** An unknown sensor that passes by must not alarm: who is not registered has to have been there for a day. */
    private static final long ALARMS_AFTER_MINUTES = Duration.ofDays(1).toMinutes();

    private final Devices devices;
    private final Clock wall;

    Telling(Devices devices, Clock wall) {
        this.devices = devices;
        this.wall = wall;
    }

    /**
     * Goes through all devices, which have just been judged.
     *
     * @param changes gets what is to be told now
     * @param judged gets the devices of which there is something new to write
     */
    void look(long ear, long nowMs, Collection<Change> changes, Collection<String> judged) {
        for (Watched device : devices.all()) {
            boolean isChanged = change(device, ear, nowMs, changes);
            long usualMs = device.interval.usualMs();
            if (isChanged || !device.told.isKept || device.told.hasLearned(usualMs, nowMs)) {
                device.told.kept(usualMs, nowMs);
                judged.add(device.device);
            }
        }
    }

    private boolean change(Watched device, long ear, long nowMs, Collection<Change> changes) {
        Told told = device.told;
        boolean isOwnFault =
                device.state() == Presence.OFFLINE && told.cause == Cause.GATEWAY && device.cause() != Cause.GATEWAY;
        boolean isNews = device.state() != told.state || isOwnFault;
        if (isNews && !told.mustWait(nowMs, device.isFlapping(nowMs))) {
            boolean wasThere = told.state == Presence.ONLINE || told.state == Presence.STALE || isOwnFault;
            boolean isAlone = device.cause() != Cause.GATEWAY && (told.cause != Cause.GATEWAY || isOwnFault);
            Change.Alarm alarm = alarm(device, wasThere);
            told.told(device.state(), device.cause(), nowMs);
            changes.add(new Change(devices.standing(device, ear, nowMs), true, isAlone, alarm, behind(device, alarm)));
            return true;
        }
        if (told.isInDoubt && device.state() == Presence.OFFLINE && device.isLostAlone(devices)) {
            told.isInDoubt = false;
            told.isAlarmed = true;
            Change.Alarm alarm = Change.Alarm.RAISE;
            changes.add(new Change(devices.standing(device, ear, nowMs), false, true, alarm, behind(device, alarm)));
        }
        return false;
    }

    /** A device that is gone is worth an alarm if it is its owner's, and was there. */
    private Change.Alarm alarm(Watched device, boolean wasThere) {
        Told told = device.told;
        if (device.state() != Presence.OFFLINE) {
            boolean isOver = told.isAlarmed && device.state() != Presence.STALE;
            told.isAlarmed &= !isOver;
            told.isInDoubt = false;
            return isOver ? Change.Alarm.RESOLVE : Change.Alarm.NONE;
        }
        boolean isOld = wall.millis() / 60_000 - told.firstSeenMinutes >= ALARMS_AFTER_MINUTES;
        boolean isWorthIt = wasThere && !told.isAlarmed && (device.isRegistered() || isOld);
        boolean isRaised = isWorthIt && device.isLostAlone(devices);
        told.isInDoubt = isWorthIt && !isRaised && device.cause() != Cause.GATEWAY;
        told.isAlarmed |= isRaised;
        return isRaised ? Change.Alarm.RAISE : Change.Alarm.NONE;
    }

    /** Who is heard only through this one. */
    private List<String> behind(Watched gateway, Change.Alarm alarm) {
        if (alarm != Change.Alarm.RAISE) {
            return List.of();
        }
        return devices.all().stream()
                .filter(device -> device.gateways().length == 1 && device.gateways()[0].equals(gateway.device))
                .map(device -> device.device)
                .sorted()
                .toList();
    }
}
