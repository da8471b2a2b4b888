package org.caravanhub.api;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.caravanhub.command.ConfigurationPublisher;
import org.caravanhub.command.DesiredConfiguration;

/** Gives configurations to the flow {@code publish-configuration}, which its owner may have changed. */
final class ConfigurationOutlet implements ConfigurationPublisher.Outlet {
    private static final String FLOW = "direct:publish-configuration?block=false";

    private final ProducerTemplate template;

    ConfigurationOutlet(ProducerTemplate template) {
        this.template = template;
    }

    @Override
    public void accept(DesiredConfiguration desired) {
        Exchange done = template.send(FLOW, exchange -> exchange.getMessage().setBody(desired));
        if (done.getException() != null) {
            throw new IllegalStateException(
                    "The flow publish-configuration failed: "
                            + done.getException().getMessage(),
                    done.getException());
        }
    }
}
