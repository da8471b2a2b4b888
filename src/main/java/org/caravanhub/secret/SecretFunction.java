package org.caravanhub.secret;

import org.apache.camel.spi.PropertiesFunction;

/** <code>{{secret:name}}</code> in a flow. */
public final class SecretFunction implements PropertiesFunction {
    private final Secrets secrets;

    /** Asks these. */
    public SecretFunction(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String getName() {
        return "secret";
    }

    /** @throws IllegalArgumentException if there is no such secret */
    @Override
    public String apply(String name) {
        return secrets.value(name);
    }
}
