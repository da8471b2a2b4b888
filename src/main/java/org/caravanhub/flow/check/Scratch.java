package org.caravanhub.flow.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultLanguageResolver;
import org.apache.camel.spi.BeanProcessorFactory;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.ConfigurerResolver;
import org.apache.camel.spi.Language;
import org.apache.camel.spi.LanguageResolver;
import org.apache.camel.spi.ResourceLoader;

/** A Camel that is never started, in which every component does nothing. */
final class Scratch implements AutoCloseable {
    private static final Set<String> BEANS = Set.of("bean", "method");

    private final DefaultCamelContext camel;
    private final Map<String, Boolean> languages = new HashMap<>();

    Scratch(Known known) {
        camel = new DefaultCamelContext(false);
        camel.disableJMX();
        camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
        LanguageResolver resolver = new DefaultLanguageResolver();
        camel.getCamelContextExtension()
                .addContextPlugin(
                        ComponentResolver.class,
                        (name, context) -> Allowed.COMPONENTS.contains(name) ? new InertComponent(context) : null);
        camel.getCamelContextExtension().addContextPlugin(LanguageResolver.class, (name, context) -> {
            if (BEANS.contains(name)) {
                return new InertLanguage();
            }
            return Allowed.LANGUAGES.contains(name) ? resolver.resolveLanguage(name, context) : null;
        });
        camel.getCamelContextExtension().addContextPlugin(ResourceLoader.class, new NoResources());
        // Those of the real components would set fields that these have not.
        camel.getCamelContextExtension().addContextPlugin(ConfigurerResolver.class, (name, context) -> null);
        camel.getCamelContextExtension().addContextPlugin(BeanProcessorFactory.class, new InertBeans());
        known.beans().forEach((name, type) -> camel.getRegistry().bind(name, InertBeans.standIn(type)));
        Properties properties = new Properties();
        properties.putAll(known.placeholders());
        PropertiesComponent placeholders = (PropertiesComponent) camel.getPropertiesComponent();
        placeholders.setInitialProperties(properties);
        placeholders.setPropertiesFunctionResolver(new AllowedFunctions(Map.of(Placeholders.SECRET, name -> "secret")));
        camel.build();
    }

    CamelContext camel() {
        return camel;
    }

    boolean hasLanguage(String name) {
        return BEANS.contains(name) || languages.computeIfAbsent(name, this::resolves);
    }

    private boolean resolves(String name) {
        try {
            Language language = camel.resolveLanguage(name);
            return language != null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            camel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
