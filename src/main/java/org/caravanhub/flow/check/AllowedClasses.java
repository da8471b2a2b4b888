package org.caravanhub.flow.check;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.jspecify.annotations.Nullable;

/** Finds classes by name for Camel: its own, the hub's, and the plain ones that flows may name. An option in an address can ask for any. */
final class AllowedClasses extends DefaultClassResolver {
    private static final List<String> PACKAGES = List.of(
            "org.apache.camel.",
            "org.caravanhub.",
            "com.fasterxml.jackson.",
            "org.apache.hc.",
            "org.eclipse.paho.",
            "org.quartz.");

    AllowedClasses(CamelContext camel) {
        super(camel);
    }

    @Override
    protected @Nullable Class<?> loadClass(String name, @Nullable ClassLoader loader) {
        if (PACKAGES.stream().noneMatch(name::startsWith) && !Allowed.CLASSES.contains(name)) {
            Class<?> type = super.loadClass(name, loader);
            return type != null && Throwable.class.isAssignableFrom(type) ? type : null;
        }
        return super.loadClass(name, loader);
    }
}
