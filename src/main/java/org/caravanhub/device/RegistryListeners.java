package org.caravanhub.device;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells everybody who listens. One that fails keeps nobody else from being told. Safe for use by many threads. */
public final class RegistryListeners implements RegistryListener {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryListeners.class);

    private final List<RegistryListener> all = new CopyOnWriteArrayList<>();

    /** Tells this one too, from now on. */
    public void add(RegistryListener listener) {
        all.add(listener);
    }

    @Override
    public void changed(String device) {
        tell(listener -> listener.changed(device), device);
    }

    @Override
    public void changed(Collection<String> devices) {
        tell(listener -> listener.changed(devices), devices.size() + " devices");
    }

    @Override
    public void removed(String device) {
        tell(listener -> listener.removed(device), device);
    }

    private void tell(Consumer<RegistryListener> word, String device) {
        for (RegistryListener listener : all) {
            try {
                word.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn(
                        "registry=listener-failed device={} reason=\"{}\" \"what it keeps of the device may be old\"",
                        device,
                        e.toString());
            }
        }
    }
}
