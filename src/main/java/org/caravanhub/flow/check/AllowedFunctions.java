package org.caravanhub.flow.check;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.component.properties.PropertiesFunctionResolver;
import org.apache.camel.spi.PropertiesFunction;
import org.jspecify.annotations.Nullable;

/** The functions that there are in <code>{{function:..}}</code>: those that it is given and none of Camel's, which read the machine. */
final class AllowedFunctions implements PropertiesFunctionResolver {
    private final Map<String, PropertiesFunction> functions = new HashMap<>();

    /** @param functions by name, what each makes of what stands behind the colon */
    AllowedFunctions(Map<String, UnaryOperator<String>> functions) {
        functions.forEach((name, function) -> addPropertiesFunction(new PropertiesFunction() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public String apply(String remainder) {
                return function.apply(remainder);
            }
        }));
    }

    @Override
    public void addPropertiesFunction(PropertiesFunction function) {
        functions.put(function.getName(), function);
    }

    @Override
    public Map<String, PropertiesFunction> getFunctions() {
        return functions;
    }

    @Override
    public boolean hasFunction(String name) {
        return functions.containsKey(name) || Placeholders.REFUSED.contains(name);
    }

    @Override
    public @Nullable PropertiesFunction resolvePropertiesFunction(String name) {
        if (Placeholders.REFUSED.contains(name)) {
            throw new IllegalArgumentException("{{" + name + ":..}} may not be used");
        }
        return functions.get(name);
    }
}
