package org.caravanhub.api;

import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.caravanhub.device.Whereabouts;
import org.caravanhub.ota.Addresses;
import org.caravanhub.ota.OfferOutlet;
import org.caravanhub.ota.Offers;
import org.caravanhub.ota.Releases;
import org.caravanhub.ota.Rollouts;
import org.caravanhub.store.Commands;
import org.caravanhub.store.DeviceBook;
import org.caravanhub.store.Inquiries;
import org.caravanhub.store.Queries;

/** The ways by which devices, and paku's tools, ask for firmware and tell what became of it, put together. */
public final class OfferOperations {
    private OfferOperations() {}

    /**
     * What decides.
     *
     * @param addresses where images are
     */
    public record Deciding(Releases releases, Offers offers, Rollouts rollouts, Addresses addresses) {}

    /** Binds the beans of {@code routes/api} and {@code routes/ota}; before the routes are loaded. */
    public static void bindTo(Registry registry, Deciding ota, Inquiries inquiries, Queries queries, Clock clock) {
        registry.bind(
                "pakuFirmwareApi",
                new PakuFirmwareApi(ota.offers(), ota.rollouts(), inquiries, ota.addresses(), clock));
        registry.bind("pakuRolloutApi", new PakuRolloutApi(ota.rollouts()));
        registry.bind(
                "manifestApi",
                new ManifestApi(
                        new ManifestApi.Library(ota.releases(), ota.rollouts(), ota.addresses()),
                        ota.offers(),
                        inquiries,
                        new DeviceBook(queries),
                        clock));
        registry.bind("updateFlows", new UpdateFlows(ota.offers()));
    }

    /**
     * By which devices that do not ask are told.
     *
     * @param isPublishing whether the broker can be reached now
     * @param hub the URL by which devices reach the hub, without a path: {@code http://192.168.1.20:8080}
     */
    public static OfferOutlet outlet(
            CamelContext camel,
            Commands commands,
            Whereabouts whereabouts,
            BooleanSupplier isPublishing,
            Addresses addresses,
            Supplier<String> hub) {
        return new FlowOutlet(commands, whereabouts, camel.createProducerTemplate(), isPublishing, addresses, hub);
    }
}
