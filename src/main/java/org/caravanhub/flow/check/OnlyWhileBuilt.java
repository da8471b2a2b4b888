package org.caravanhub.flow.check;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.component.properties.DefaultPropertiesParser;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.component.properties.PropertiesLookup;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Puts in placeholders while flows are built, and not while a step runs. What stands in a file was put in long before; what still has
 * <code>{{secret:name}}</code> in a step was made of a message, whose sender would read the passwords of the hub with it.
 */
final class OnlyWhileBuilt extends DefaultPropertiesParser implements InterceptStrategy {
    private static final String THREADS_OF_CAMEL = "Camel (";

    /** How many steps this thread is in. */
    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

    OnlyWhileBuilt(PropertiesComponent placeholders) {
        super(placeholders);
    }

    @Override
    public String parseUri(
            String text,
            PropertiesLookup properties,
            boolean defaultFallbackEnabled,
            boolean keepUnresolvedOptional,
            boolean nestedPlaceholder) {
        if (isRunning() && text.contains(PropertiesComponent.PREFIX_TOKEN)) {
            throw new IllegalArgumentException("{{..}} may not come from a message");
        }
        return super.parseUri(text, properties, defaultFallbackEnabled, keepUnresolvedOptional, nestedPlaceholder);
    }

    /** A wire tap asks on a thread of Camel's own, where no step has begun; on such a thread nothing is built. */
    private boolean isRunning() {
        return depth.get() > 0 || Thread.currentThread().getName().startsWith(THREADS_OF_CAMEL);
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext camel, NamedNode node, Processor target, Processor nextTarget) {
        return new Step(target);
    }

    private final class Step extends DelegateAsyncProcessor {
        Step(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Thread thread = Thread.currentThread();
            depth.set(depth.get() + 1);
            // Not when process returns: Camel does parts of a step after that. A thread that another one relieves stays
            // in it,
            // which harms nobody, since flows are built on a thread of their own.
            return super.process(exchange, sync -> {
                if (Thread.currentThread().equals(thread)) {
                    depth.set(Math.max(0, depth.get() - 1));
                }
                callback.done(sync);
            });
        }
    }
}
