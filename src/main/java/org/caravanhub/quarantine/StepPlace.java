package org.caravanhub.quarantine;

import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.Model;

/** Where a step of a flow stands in its file, as the flows are now. */
public final class StepPlace {
    private final CamelContext camel;

    /** Places of the steps in this context. */
    public StepPlace(CamelContext camel) {
        this.camel = camel;
    }

    /** {@code reading/paku-data.camel.yaml:14}; empty if there is no such step any more. */
    public Optional<String> of(String step) {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        NamedNode node = step.isEmpty() || model == null ? null : model.getProcessorDefinition(step);
        if (node == null || node.getLocation() == null || node.getLineNumber() <= 0) {
            return Optional.empty();
        }
        String location = node.getLocation();
        return Optional.of(location.substring(location.indexOf(':') + 1) + ":" + node.getLineNumber());
    }
}
