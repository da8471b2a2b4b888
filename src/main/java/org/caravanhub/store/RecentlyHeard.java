package org.caravanhub.store;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.caravanhub.device.Presence;
import org.caravanhub.device.Whereabouts;
import org.caravanhub.reading.Reading;

/** Which devices are there, judged by their readings alone. */
public final class RecentlyHeard implements Whereabouts, CommitListener {
    private final DeviceQueries devices;
    private final Clock clock;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** Asks these; is to be a listener of the writer. */
    public RecentlyHeard(DeviceQueries devices, Clock clock) {
        this.devices = devices;
        this.clock = clock;
    }

    @Override
    public Presence of(String device) {
        return devices.find(device)
                .map(known -> known.presence(clock.instant()))
                .orElse(Presence.NEW);
    }

    @Override
    public void whenHeard(Consumer<String> listener) {
        listeners.add(listener);
    }

    @Override
    public void committed(List<Reading> stored, Receipt receipt) {
        if (!listeners.isEmpty()) {
            for (Reading reading : stored) {
                listeners.forEach(listener -> listener.accept(reading.source().device()));
            }
        }
    }
}
