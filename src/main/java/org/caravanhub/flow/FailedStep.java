package org.caravanhub.flow;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.apache.camel.support.service.ServiceHelper;
import org.caravanhub.exchange.Notes;

/**
 * Notes on an exchange which step failed on it, before an error policy takes over: from then on Camel only knows the policy's own
 * steps.
 */
final class FailedStep extends SimpleEventNotifierSupport {
    /** From now on, in a context that runs: there Camel does not ask again by itself whether anybody listens. */
    static void noteIn(CamelContext camel) {
        FailedStep failedStep = new FailedStep();
        ServiceHelper.startService(failedStep);
        camel.getManagementStrategy().addEventNotifier(failedStep);
        camel.getCamelContextExtension().setEventNotificationApplicable(true);
    }

    /** Every other event is ignored, and so is not made. */
    private FailedStep() {
        setIgnoreExchangeEvents(false);
        setIgnoreExchangeFailedEvents(false);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CamelEvent.ExchangeFailureHandlingEvent failure) {
            Exchange exchange = failure.getExchange();
            exchange.setProperty(
                    Notes.FAILED_STEP, exchange.getExchangeExtension().getHistoryNodeId());
        }
    }
}
