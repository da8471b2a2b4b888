package org.caravanhub;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.caravanhub.alert.Alert;
import org.caravanhub.alert.AlertCentre;
import org.caravanhub.alert.ChannelState;
import org.caravanhub.alert.Deliveries;
import org.caravanhub.alert.HubChecks;
import org.caravanhub.alert.QuarantineGrowth;
import org.caravanhub.alert.Silence;
import org.caravanhub.alert.Trials;
import org.caravanhub.api.AlertHealth;
import org.caravanhub.api.AlertJson;
import org.caravanhub.api.AlertOperations;
import org.caravanhub.health.HealthReport;
import org.caravanhub.http.EventStream;
import org.caravanhub.notice.BrokerNotices;
import org.caravanhub.notice.Channel;
import org.caravanhub.notice.Mail;
import org.caravanhub.notice.NoticeBoard;
import org.caravanhub.notice.NotifyComponent;
import org.caravanhub.notice.Outlet;
import org.caravanhub.notice.Priority;
import org.caravanhub.notice.Webhook;
import org.caravanhub.settings.Setting;
import org.caravanhub.settings.Settings;
import org.caravanhub.settings.WrongSettings;
import org.caravanhub.store.AlertTables;
import org.caravanhub.store.Changes;
import org.caravanhub.store.Database;
import org.caravanhub.store.DatabaseAway;
import org.caravanhub.store.DeviceBook;
import org.caravanhub.store.GroupCommit;
import org.caravanhub.store.Queries;

/** The part of {@link Wiring} that tells the owner: alerts, and the channels by which they leave. */
final class AlertWiring implements AutoCloseable {
    private final Settings settings;
    private final Clock clock;
    private volatile Optional<AlertCentre> centre = Optional.empty();
    private volatile Supplier<List<ChannelState>> states = List::of;

    AlertWiring(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** What is said becomes alerts, which are told once; it learns what is open as soon as the database can be asked. */
    AlertCentre start(CamelContext camel, EventStream events, Queries queries, GroupCommit writer, Database database) {
        List<Channel> channels = channels();
        Deliveries deliveries = new Deliveries(channels, clock);
        BrokerNotices broker = new BrokerNotices(camel);
        Outlet pages = dispatch -> events.tell("notice", dispatch.notice().device(), dispatch.json());
        AlertTables book = new AlertTables(queries, new Changes(writer, database));
        AlertCentre made = new AlertCentre(
                book,
                new NoticeBoard(List.of(pages, broker)),
                deliveries,
                alert -> events.tell("alert", alert.about().device(), AlertJson.of(alert, isMuted(alert))),
                clock);
        camel.addComponent("notify", new NotifyComponent(made, clock));
        List<Channel> tried = new ArrayList<>(List.of(broker));
        tried.addAll(channels);
        AlertOperations.bindTo(camel.getRegistry(), made, book, deliveries, new Trials(tried, clock), clock);
        centre = Optional.of(made);
        states = deliveries::states;
        database.whenThere(made::look);
        return made;
    }

    /** The names by which the flows in {@code routes/alert} call what decides. */
    void bindRules(CamelContext camel, HealthReport health, Queries queries, GroupCommit writer) {
        DeviceBook devices = new DeviceBook(queries);
        Silence silence = new Silence(
                System::nanoTime,
                () -> unlessAway(() -> devices.count() > 0, false),
                within -> unlessAway(() -> devices.heardSince(clock.instant().minus(within)), Set.of()),
                name -> centre.map(there -> there.devices(name)).orElse(List.of()));
        QuarantineGrowth growth = new QuarantineGrowth(System::nanoTime);
        writer.addListener((stored, receipt) -> {
            silence.kept(() ->
                    stored.stream().map(reading -> reading.source().device()).iterator());
            growth.committed(receipt.received(), receipt.quarantined());
        });
        camel.getRegistry().bind("silence", silence);
        camel.getRegistry().bind("quarantineGrowth", growth);
        camel.getRegistry().bind("hubChecks", new HubChecks(health::lines, System::nanoTime));
    }

    /** How many are open, and whether they reach anybody; from before the start on. */
    AlertHealth health() {
        return new AlertHealth(() -> centre.map(AlertCentre::open).orElse(List.of()), () -> states.get());
    }

    /** A database that is away is told by its own check; what it knows is not missed each minute. */
    private static <T> T unlessAway(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (DatabaseAway e) {
            return otherwise;
        }
    }

    /** When no flow says anything any more, what was said is written. */
    @Override
    public void close() {
        centre.ifPresent(AlertCentre::close);
    }

    private boolean isMuted(Alert alert) {
        return centre.filter(there -> there.isMuted(alert.about())).isPresent();
    }

    /** The channels that are set up. */
    List<Channel> channels() {
        List<Channel> channels = new ArrayList<>();
        boolean isNtfy = settings.text(Setting.NOTIFY_FORM).equals("ntfy");
        settings.optional(Setting.NOTIFY_URL)
                .map(url -> new Webhook(
                        URI.create(url),
                        isNtfy ? Webhook.Form.NTFY : Webhook.Form.JSON,
                        settings.optional(Setting.NOTIFY_TOKEN),
                        severity(Setting.NOTIFY_LEAST),
                        "caravan.notify"))
                .ifPresent(channels::add);
        settings.optional(Setting.NOTIFY_WEBHOOK_URL)
                .map(url -> new Webhook(
                        URI.create(url),
                        Webhook.Form.JSON,
                        settings.optional(Setting.NOTIFY_WEBHOOK_TOKEN),
                        severity(Setting.NOTIFY_WEBHOOK_LEAST),
                        "caravan.notify.webhook"))
                .ifPresent(channels::add);
        if (channels.size() == 2 && !isNtfy) {
            throw new WrongSettings(List.of(settings.place(Setting.NOTIFY_WEBHOOK_URL) + ": "
                    + Setting.NOTIFY_WEBHOOK_URL.key() + " is a second webhook; caravan.notify.form is json already"));
        }
        settings.optional(Setting.MAIL_HOST).map(this::mail).ifPresent(channels::add);
        return channels;
    }

    private Channel mail(String host) {
        String user = settings.text(Setting.MAIL_USER);
        String from = settings.optional(Setting.MAIL_FROM).orElse(user);
        if (from.isEmpty() || settings.optional(Setting.MAIL_TO).isEmpty()) {
            throw new WrongSettings(List.of(settings.place(Setting.MAIL_HOST) + ": " + Setting.MAIL_HOST.key()
                    + " needs " + Setting.MAIL_TO.key() + " and " + Setting.MAIL_FROM.key() + " beside it"));
        }
        return new Mail(new Mail.Settings(
                host,
                settings.port(Setting.MAIL_PORT),
                Mail.Tls.of(settings.text(Setting.MAIL_TLS)),
                settings.optional(Setting.MAIL_USER)
                        .map(name -> new Mail.Login(name, settings.text(Setting.MAIL_PASSWORD))),
                from,
                settings.text(Setting.MAIL_TO),
                severity(Setting.MAIL_LEAST)));
    }

    private Priority severity(Setting setting) {
        return Priority.of(settings.text(setting));
    }
}
