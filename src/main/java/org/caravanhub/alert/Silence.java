package org.caravanhub.alert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Who has stopped measuring, though nobody says so: the hub as a whole, and devices that are heard and tell no reading any more. A device
 * is judged by the gaps that it usually has between readings, so it is known only some readings after the start. Safe for use by many
 * threads.
 */
public final class Silence {
    /** The alert of a device; its flow is called the same. */
    public static final String SENSOR = "sensor-silent";

    private static final int MOST = 10_000;
    private static final int GAPS = 10;
    private static final int LEARNED = 5;
    private static final Duration HEARD = Duration.ofMinutes(10);

    private final LongSupplier nanos;
    private final BooleanSupplier anyDevice;
    private final Function<Duration, Set<String>> heardWithin;
    private final Function<String, List<String>> open;
    private final Map<String, Voice> voices = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Voice> eldest) {
            return size() > MOST;
        }
    };
    private long newest;

    private static final class Voice {
        private long last;
        private double gap;
        private int readings;
    }

    /**
     * Knows of nobody yet.
     *
     * @param nanos a clock that nobody sets: {@code System::nanoTime}
     * @param anyDevice whether any device was ever heard; asked only when there is silence
     * @param heardWithin which devices said anything within so long; asked only when one is suspected
     * @param open the devices of the alerts of a name that are not over
     */
    public Silence(
            LongSupplier nanos,
            BooleanSupplier anyDevice,
            Function<Duration, Set<String>> heardWithin,
            Function<String, List<String>> open) {
        this.nanos = nanos;
        this.anyDevice = anyDevice;
        this.heardWithin = heardWithin;
        this.open = open;
        this.newest = nanos.getAsLong();
    }

    /** These devices each had a reading that was kept. Quick: it is called for every commit. */
    public synchronized void kept(Iterable<String> devices) {
        long now = nanos.getAsLong();
        for (String device : devices) {
            newest = now;
            Voice voice = voices.computeIfAbsent(device, first -> new Voice());
            if (voice.readings > 0) {
                double gap = now - voice.last;
                voice.gap = voice.readings == 1 ? gap : Math.max(gap, 0.8 * voice.gap + 0.2 * gap);
            }
            voice.readings = Math.min(voice.readings + 1, LEARNED);
            voice.last = now;
        }
    }

    /** Whether there was no reading of anybody for so long. A hub that never had a device is not silent. */
    public List<Finding> ofHub(Duration longest) {
        Duration silence;
        synchronized (this) {
            silence = Duration.ofNanos(nanos.getAsLong() - newest);
        }
        if (silence.compareTo(longest) < 0) {
            boolean isHeard = silence.compareTo(Duration.ofMinutes(2)) < 0;
            return isHeard ? List.of(Finding.well(Finding.NONE, "Readings come again")) : List.of();
        }
        return anyDevice.getAsBoolean()
                ? List.of(Finding.wrong(
                        Finding.NONE,
                        "No reading of any device for " + Ending.spoken(silence),
                        "Either all devices are off, or the hub does not hear them. Look at the broker and the network:"
                                + " caravan status, and caravan device list"))
                : List.of();
    }

    /** Which devices are heard, but had no reading for so long, nor for ten times as long as they usually take. */
    public List<Finding> ofSensors(Duration longest) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Duration> suspected = new LinkedHashMap<>();
        List<String> told = open.apply(SENSOR);
        synchronized (this) {
            long now = nanos.getAsLong();
            voices.forEach((device, voice) -> {
                double limit = Math.max(longest.toNanos(), GAPS * voice.gap);
                if (now - voice.last < limit) {
                    if (told.contains(device)) {
                        findings.add(Finding.well(device, device + ": measures again"));
                    }
                } else if (voice.readings == LEARNED) {
                    suspected.put(device, Duration.ofNanos(now - voice.last));
                }
            });
        }
        if (suspected.isEmpty()) {
            return findings;
        }
        Set<String> heard = heardWithin.apply(HEARD);
        suspected.forEach((device, silence) -> {
            if (heard.contains(device)) {
                findings.add(Finding.wrong(
                        device,
                        device + ": heard, but no reading for " + Ending.spoken(silence),
                        "It says that it is there, so a sensor of it may have died, or what it says is set aside. See"
                                + " caravan device events " + device + " and caravan message quarantine list --device "
                                + device));
            }
        });
        return findings;
    }
}
