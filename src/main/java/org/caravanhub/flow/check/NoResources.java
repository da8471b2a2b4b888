package org.caravanhub.flow.check;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceLoader;
import org.jspecify.annotations.Nullable;

/** Reads nothing: an expression that begins with {@code resource:}, however that is written, would be any file or address. */
final class NoResources implements ResourceLoader {
    private @Nullable CamelContext camel;

    @Override
    public Resource resolveResource(String uri) {
        throw new IllegalArgumentException("\"resource:\" may not be used: it reads files");
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(@Nullable CamelContext camelContext) {
        camel = camelContext;
    }
}
