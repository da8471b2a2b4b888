package org.caravanhub.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.caravanhub.command.Addressee;
import org.caravanhub.device.Presence;
import org.caravanhub.device.Whereabouts;
import org.caravanhub.ota.Addresses;
import org.caravanhub.ota.OfferOutlet;
import org.caravanhub.ota.OfferTopics;
import org.caravanhub.ota.Release;
import org.caravanhub.store.Commands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives offers to the flow {@code offer-firmware}, which its owner may have changed. */
final class FlowOutlet implements OfferOutlet {
    private static final String FLOW = "direct:offer-firmware?block=false";
    private static final long BELIEVED_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_KNOWN = 2000;
    private static final Logger LOG = LoggerFactory.getLogger(FlowOutlet.class);

    private final Commands commands;
    private final Whereabouts whereabouts;
    private final ProducerTemplate template;
    private final BooleanSupplier isOpen;
    private final Addresses addresses;
    private final Supplier<String> hub;
    /** Whether a device can be told, and until when that is believed; families change seldom, and this is asked often. */
    private final Map<String, Reach> reach = new ConcurrentHashMap<>();

    private record Reach(boolean isTold, long untilNanos) {}

    /**
     * One that tells devices by this flow.
     *
     * @param isOpen whether the broker can be reached now
     * @param hub the URL by which devices reach the hub
     */
    FlowOutlet(
            Commands commands,
            Whereabouts whereabouts,
            ProducerTemplate template,
            BooleanSupplier isOpen,
            Addresses addresses,
            Supplier<String> hub) {
        this.commands = commands;
        this.whereabouts = whereabouts;
        this.template = template;
        this.isOpen = isOpen;
        this.addresses = addresses;
        this.hub = hub;
    }

    @Override
    public boolean reaches(String device) {
        long now = System.nanoTime();
        Reach known = reach.get(device);
        if (known == null || known.untilNanos() - now < 0) {
            if (reach.size() >= MOST_KNOWN) {
                reach.clear();
            }
            boolean isTold =
                    commands.addressee(device).filter(OfferTopics::reach).isPresent();
            known = new Reach(isTold, now + BELIEVED_NANOS);
            reach.put(device, known);
        }
        return known.isTold();
    }

    @Override
    public boolean offer(String device, Release release) {
        Presence presence = whereabouts.of(device);
        if (!isOpen.getAsBoolean() || presence == Presence.DISABLED || presence == Presence.OFFLINE) {
            return false;
        }
        Optional<Addressee> addressee = commands.addressee(device);
        List<String> topics = addressee.map(is -> OfferTopics.of(is, release)).orElse(List.of());
        String address = addresses.of(release);
        String url = address.startsWith("/") ? hub.get() + address : address;
        boolean isTold = false;
        for (String topic : topics) {
            Exchange done = template.send(
                    FLOW, exchange -> exchange.getMessage().setBody(new OfferToDevice(device, topic, release, url)));
            Exception failure = done.getException();
            if (failure != null) {
                LOG.debug("offer=not-told device={} reason=\"{}\"", device, failure.getMessage());
            }
            isTold |= failure == null;
        }
        return isTold;
    }
}
