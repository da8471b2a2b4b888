package org.caravanhub.rehearsal;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.Policy;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;

/**
 * The beans of the hub as a flow that is tried sees them. While it is built they are as they are, since Camel looks whether a step's
 * method is there; when it is played, those that act are gone.
 */
final class OffStage implements BeanRepository {
    private static final Object STAND_IN = new Object();
    private static final Policy NO_POLICY = new Policy() {
        @Override
        public void beforeWrap(Route route, NamedNode definition) {}

        @Override
        public Processor wrap(Route route, Processor processor) {
            return processor;
        }
    };

    private final Registry hub;
    private final Predicate<String> decides;
    private volatile boolean built;

    OffStage(Registry hub, Predicate<String> decides) {
        this.hub = hub;
        this.decides = decides;
    }

    @Override
    public @Nullable Object lookupByName(String name) {
        Object bean = hub.lookupByName(name);
        if (bean == null || decides.test(name)) {
            return bean;
        }
        if (bean instanceof Policy) {
            return NO_POLICY;
        }
        return built ? STAND_IN : bean;
    }

    /** It is built; from now on nobody finds what acts. */
    void built() {
        built = true;
    }

    @Override
    public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
        Object bean = lookupByName(name);
        return type.isInstance(bean) ? type.cast(bean) : null;
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return Map.of();
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return Set.of();
    }
}
