package org.caravanhub.api;

import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.caravanhub.command.Command;
import org.caravanhub.command.Post;
import org.caravanhub.mqtt.PublishException;

/** Gives commands to the flow {@code send-command}, which its owner may have changed, and tells how that went. */
final class FlowPost implements Post {
    private static final String FLOW = "direct:send-command?block=false";

    private final ProducerTemplate template;
    private final BooleanSupplier isOpen;

    FlowPost(ProducerTemplate template, BooleanSupplier isOpen) {
        this.template = template;
        this.isOpen = isOpen;
    }

    @Override
    public boolean isOpen() {
        return isOpen.getAsBoolean();
    }

    @Override
    public void send(Command command, long seconds) throws NotSent {
        Exchange done = template.send(FLOW, exchange -> exchange.getMessage().setBody(command));
        Throwable failure = done.getException();
        if (failure != null) {
            throw new NotSent(
                    "The flow send-command failed: " + failure.getMessage(),
                    done.getProperty(CommandFlows.WRITTEN) != null && isPossible(failure));
        }
    }

    /** Only the publisher knows; of any other step it can only be said that it came after the command was written. */
    private static boolean isPossible(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PublishException publish) {
                return publish.isPossible();
            }
        }
        return true;
    }
}
