package org.caravanhub.flow.check;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.DataFormatResolver;
import org.apache.camel.spi.LanguageResolver;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.PluginHelper;

/**
 * Holds the hub to {@link Allowed} while it runs: an address that is made of a message is not in any file, so that the check of the
 * files cannot see it.
 */
public final class Fence {
    private Fence() {}

    /**
     * Puts it around a Camel that has no flows yet.
     *
     * @param files where {@code file:} may read and write
     * @param functions what <code>{{name:..}}</code> may ask, by name; none of Camel's own are left
     */
    public static void around(CamelContext camel, FileRule files, Map<String, UnaryOperator<String>> functions) {
        camel.addComponent("bean", new BeansOfSteps());
        ComponentResolver components = PluginHelper.getComponentResolver(camel);
        camel.getCamelContextExtension().addContextPlugin(ComponentResolver.class, (name, context) -> {
            if (!Allowed.COMPONENTS.contains(name)) {
                throw refusal("component", name);
            }
            return name.equals("file") ? new ConfinedFiles(context, files) : components.resolveComponent(name, context);
        });
        LanguageResolver languages = PluginHelper.getLanguageResolver(camel);
        camel.getCamelContextExtension().addContextPlugin(LanguageResolver.class, (name, context) -> {
            if (!Allowed.LANGUAGES.contains(name)) {
                throw refusal("language", name);
            }
            return languages.resolveLanguage(name, context);
        });
        DataFormatResolver formats = PluginHelper.getDataFormatResolver(camel);
        camel.getCamelContextExtension().addContextPlugin(DataFormatResolver.class, (name, context) -> {
            if (!Allowed.FORMATS.contains(name)) {
                throw refusal("data format", name);
            }
            return formats.createDataFormat(name, context);
        });
        camel.getCamelContextExtension().addContextPlugin(ResourceLoader.class, new NoResources());
        camel.setClassResolver(new AllowedClasses(camel));
        PropertiesComponent placeholders = (PropertiesComponent) camel.getPropertiesComponent();
        // Settings were read from there already: a time of "60s" is in milliseconds by now, and a secret is not for
        // every flow.
        placeholders.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
        placeholders.setPropertiesFunctionResolver(new AllowedFunctions(functions));
        OnlyWhileBuilt built = new OnlyWhileBuilt(placeholders);
        placeholders.setPropertiesParser(built);
        camel.getCamelContextExtension().addInterceptStrategy(built);
    }

    static IllegalArgumentException refusal(String kind, String name) {
        return new IllegalArgumentException("the " + kind + " \"" + name + "\" may not be used"
                + Allowed.reason(name).map(reason -> ": " + reason).orElse(""));
    }
}
