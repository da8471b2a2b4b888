package org.caravanhub.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;
import org.caravanhub.reading.Reading;
import org.caravanhub.reading.Source;
import org.jspecify.annotations.Nullable;

/**
 * At most one reading a second from each voice: the first at once, then the newest of each second. Used on one event loop only.
 */
final class NewestEachSecond {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_VOICES = 10_000;

    private final Map<Source, Voice> voices = new HashMap<>();

    private static final class Voice {
        private long toldAt;
        private int count;
        private @Nullable Reading newest;

        Voice(long now) {
            toldAt = now - SECOND;
        }
    }

    void take(Reading reading, long now) {
        if (voices.size() >= MOST_VOICES && !voices.containsKey(reading.source())) {
            voices.clear();
        }
        Voice voice = voices.computeIfAbsent(reading.source(), source -> new Voice(now));
        Reading newest = voice.newest;
        if (newest == null || !reading.measuredAt().isBefore(newest.measuredAt())) {
            voice.newest = reading;
        }
        voice.count++;
    }

    /** Tells what is due, each with how many readings it stands for. */
    void tell(long now, ObjIntConsumer<Reading> teller) {
        for (Voice voice : voices.values()) {
            Reading newest = voice.newest;
            if (newest != null && now - voice.toldAt >= SECOND) {
                teller.accept(newest, voice.count);
                voice.newest = null;
                voice.count = 0;
                voice.toldAt = now;
            }
        }
    }

    void forget() {
        voices.clear();
    }
}
