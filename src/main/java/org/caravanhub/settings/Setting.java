package org.caravanhub.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every setting: the one list that options, environment, files, documentation and placeholders in flows are made from. To add one,
 * add a constant here and run {@code mvn test -Dcaravan.rewrite=true}.
 */
public enum Setting {
    DATA(
            "caravan.data",
            Kind.PATH,
            "./data",
            "The folder that everything is kept in: database, credentials, the state of the embedded broker."),
    ROUTES(
            "caravan.routes",
            Kind.PATH,
            "",
            "The folder with the flows. Empty means the folder `routes` that came with the program."),
    FLOWS_OPTIONAL(
            "caravan.flows.optional",
            Kind.TEXT,
            "",
            "Which flows of the folder `optional` run, by name without ending, separated by commas."),
    HTTP_HOST(
            "caravan.http.host",
            Kind.HOST,
            "0.0.0.0",
            "The address that API and pages listen on. `127.0.0.1` keeps them on this machine."),
    HTTP_PORT("caravan.http.port", Kind.PORT, "8080", "The TCP port of API and pages. 0 takes any free one."),
    HTTP_NAMES(
            "caravan.http.names",
            Kind.TEXT,
            "",
            "Further names that the hub is asked by, separated by commas. Its addresses, `localhost` and the machine's name are right anyway."),
    MQTT_HOST("caravan.mqtt.host", Kind.HOST, "0.0.0.0", "The address that the embedded broker listens on."),
    MQTT_PORT(
            "caravan.mqtt.port",
            Kind.DEVICE_PORT,
            "1883",
            "The TCP port of the embedded broker, where devices connect."),
    MQTT_TLS_PORT(
            "caravan.mqtt.tls.port",
            Kind.DEVICE_PORT,
            "8883",
            "The TCP port where devices connect encrypted to the embedded Mosquitto, once `caravan tls init` has made certificates."),
    MQTT_URL(
            "caravan.mqtt.url",
            Kind.BROKER_URL,
            "",
            "A broker elsewhere, `tcp://host:1883` or `ssl://host:8883`. The embedded broker stays off then."),
    MQTT_USER("caravan.mqtt.user", Kind.TEXT, "", "The name that the hub signs in with at the broker elsewhere."),
    MQTT_PASSWORD(
            "caravan.mqtt.password",
            Kind.SECRET,
            "",
            "The password that the hub signs in with at the broker elsewhere."),
    MQTT_CA(
            "caravan.mqtt.ca",
            Kind.PATH,
            "",
            "A PEM file with the authority to trust at an `ssl://` broker. Empty means those that Java trusts."),
    MQTT_CLIENT_PREFIX(
            "caravan.mqtt.client-prefix",
            Kind.TEXT,
            "caravan-",
            "Begins the client ids of the hub at the broker elsewhere. Two hubs on one broker need two."),
    MQTT_CONTROL_USER(
            "caravan.mqtt.control.user",
            Kind.TEXT,
            "",
            "The name that the hub manages devices with at a Mosquitto elsewhere, by its Dynamic Security plugin. Empty means that somebody else does."),
    MQTT_CONTROL_PASSWORD(
            "caravan.mqtt.control.password",
            Kind.SECRET,
            "",
            "The password that the hub manages devices with at a Mosquitto elsewhere."),
    BROKER(
            "caravan.broker",
            Kind.choice("auto", "mosquitto", "in-process", "off"),
            "auto",
            "Which broker is embedded: `auto` takes the program mosquitto if it is installed, otherwise the one in the process."),
    DB_URL(
            "caravan.db.url",
            Kind.SECRET,
            "",
            "A PostgreSQL (15 or newer) to keep everything in, `jdbc:postgresql://host:5432/database`. Empty means SQLite in the data folder."),
    DB_USER(
            "caravan.db.user",
            Kind.TEXT,
            "",
            "The name that the hub signs in with at PostgreSQL, if the URL does not say it."),
    DB_PASSWORD(
            "caravan.db.password",
            Kind.SECRET,
            "",
            "The password that the hub signs in with at PostgreSQL, if the URL does not say it."),
    QUARANTINE_MAX_ROWS(
            "caravan.quarantine.max-rows",
            Kind.COUNT,
            "10000",
            "How many messages quarantine keeps. When there are more, the oldest go first."),
    QUARANTINE_MAX_BYTES(
            "caravan.quarantine.max-bytes",
            Kind.BYTES,
            "33554432",
            "How many bytes of messages quarantine keeps. When there are more, the oldest go first."),
    RAW_DAYS(
            "caravan.raw.days",
            Kind.COUNT,
            "90",
            "How many days readings are kept as they came, from their receipt on. After that there are 5 minutes, hours and days of them."),
    FIVE_MINUTE_DAYS(
            "caravan.five-minute.days",
            Kind.COUNT,
            "400",
            "How many days the 5 minutes are kept that charts of days and weeks are drawn from. Hours and days are kept for ever."),
    BUDGET_BYTES(
            "caravan.budget.bytes",
            Kind.BYTES,
            "4GB",
            "How much room the database may use. When it needs more, the oldest raw readings go first, but none of the last day."),
    ENERGY_GAP(
            "caravan.energy.gap",
            Kind.DURATION,
            "10m",
            "Two readings of a power in W that are further apart than this have no energy between them. At most 1h."),
    DEVICES_UNKNOWN(
            "caravan.devices.unknown",
            Kind.choice("accept", "hold", "reject"),
            "accept",
            "What becomes of what unregistered devices say: `accept` keeps it, `hold` sets it aside until the device is adopted, `reject` refuses it."),
    CLOCK(
            "caravan.clock",
            Kind.choice("auto", "trusted"),
            "auto",
            "Whether the machine's clock is right: `auto` asks the machine whether it is synchronised, `trusted` believes it, for a machine with a battery clock and no network."),
    COMMIT_BURST(
            "caravan.commit.burst",
            Kind.COUNT,
            "20",
            "How many commits of a reading that came alone, or last, may be made early; one more each pace. What comes then waits for others, which spares an SD card."),
    COMMIT_PACE(
            "caravan.commit.pace",
            Kind.DURATION,
            "25s",
            "How long a reading waits at most for others to share its commit. One that comes alone does not wait. `0ms` commits always at once."),
    COMMIT_ENOUGH("caravan.commit.enough", Kind.COUNT, "50", "How many readings that wait are committed at once."),
    UNKNOWN_TOPIC_FILTER(
            "caravan.unknown-topic.filter",
            Kind.TEXT,
            "#",
            "Which topics are listened to for messages that no family knows; they go to quarantine. Narrow it on a shared broker."),
    NOTIFY_URL(
            "caravan.notify.url",
            Kind.WEB_ADDRESS,
            "",
            "Where alerts are posted to, `http://192.168.1.10:2586/hut`: a topic of ntfy, or whatever takes them. Empty posts none. Whoever knows the address may post, so it is never shown."),
    NOTIFY_FORM(
            "caravan.notify.form",
            Kind.choice("ntfy", "json"),
            "ntfy",
            "How alerts are posted: `ntfy` posts the text, with title and priority as headers; `json` posts all of it."),
    NOTIFY_TOKEN(
            "caravan.notify.token", Kind.SECRET, "", "The bearer token that alerts are posted with, if one is needed."),
    NOTIFY_LEAST(
            "caravan.notify.least",
            Kind.SEVERITY,
            "low",
            "The least severity that is posted to `caravan.notify.url`: `low`, `normal`, `high` or `urgent`."),
    NOTIFY_WEBHOOK_URL(
            "caravan.notify.webhook.url",
            Kind.WEB_ADDRESS,
            "",
            "Where alerts are posted to as JSON, beside `caravan.notify.url`. Empty posts none. Never shown."),
    NOTIFY_WEBHOOK_TOKEN(
            "caravan.notify.webhook.token",
            Kind.SECRET,
            "",
            "The bearer token that alerts are posted with as JSON, if one is needed."),
    NOTIFY_WEBHOOK_LEAST(
            "caravan.notify.webhook.least",
            Kind.SEVERITY,
            "low",
            "The least severity that is posted to `caravan.notify.webhook.url`."),
    MAIL_HOST(
            "caravan.mail.host",
            Kind.TEXT,
            "",
            "The mail server that alerts are sent by, `smtp.example.org`. Empty sends none."),
    MAIL_PORT(
            "caravan.mail.port",
            Kind.PORT,
            "587",
            "The TCP port of the mail server: 587 with `starttls`, 465 with `tls`."),
    MAIL_TLS(
            "caravan.mail.tls",
            Kind.choice("starttls", "tls", "off"),
            "starttls",
            "How the connection to the mail server is made safe. `off` is for one on the same machine."),
    MAIL_USER(
            "caravan.mail.user",
            Kind.TEXT,
            "",
            "The name that the hub signs in with at the mail server. Empty signs in as nobody."),
    MAIL_PASSWORD(
            "caravan.mail.password", Kind.SECRET, "", "The password that the hub signs in with at the mail server."),
    MAIL_FROM(
            "caravan.mail.from", Kind.TEXT, "", "The address that alerts come from. Empty takes `caravan.mail.user`."),
    MAIL_TO("caravan.mail.to", Kind.TEXT, "", "The addresses that alerts go to, separated by commas."),
    MAIL_LEAST("caravan.mail.least", Kind.SEVERITY, "normal", "The least severity that is mailed."),
    FIRMWARE_CLIENTS(
            "caravan.firmware.clients",
            Kind.choice("known", "open"),
            "known",
            "Who may ask for firmware over HTTP: `known` devices with their credential, or whoever asks (`open`), for devices that cannot sign in."),
    FIRMWARE_API_KEY(
            "caravan.firmware.api-key",
            Kind.SECRET,
            "",
            "What a build server and paku's tools send as `X-API-Key` to publish firmware and to report updates. Empty closes those paths to them."),
    FIRMWARE_MAX_BYTES(
            "caravan.firmware.max-bytes", Kind.BYTES, "16MB", "How large one uploaded firmware image may be."),
    FIRMWARE_BUDGET(
            "caravan.firmware.budget",
            Kind.BYTES,
            "1GB",
            "How much room all firmware images may use together; an upload beyond it is refused."),
    FIRMWARE_URL(
            "caravan.firmware.url",
            Kind.TEXT,
            "",
            "Where devices fetch images instead of from the hub, for example `https://cdn.example.org`: it is put before the path of every binary. Empty means the hub itself."),
    ECOFLOW_ACCESS_KEY(
            "caravan.ecoflow.access-key",
            Kind.SECRET,
            "",
            "The access key of EcoFlow's developer interface. Empty, or no secret key beside it, asks no power station."),
    ECOFLOW_SECRET_KEY(
            "caravan.ecoflow.secret-key",
            Kind.SECRET,
            "",
            "The secret key to `caravan.ecoflow.access-key`. It signs questions and is never sent."),
    ECOFLOW_HOST(
            "caravan.ecoflow.host",
            Kind.ECOFLOW_HOST,
            "eu",
            "Where the EcoFlow account is: `eu`, `us` or `global`. With the wrong one EcoFlow does not know the keys."),
    ECOFLOW_INTERVAL(
            "caravan.ecoflow.interval",
            Kind.DURATION,
            "60s",
            "How often each power station is asked for, at most. 30s or more; EcoFlow shuts out who asks more often."),
    ECOFLOW_SIGNATURE(
            "caravan.ecoflow.signature",
            Kind.choice("official", "short"),
            "official",
            "How questions to EcoFlow are signed: `official`, or `short`, without the serial number, as older programs do."),
    ECOFLOW_SERIALS(
            "caravan.ecoflow.serials",
            Kind.TEXT,
            "",
            "The serial numbers of the power stations to ask for, separated by commas. Empty asks for all that the keys know."),
    POWER_STATION(
            "caravan.power.station",
            Kind.TEXT,
            "",
            "The device whose charge (`soc_percent`) the hub goes by, `ecoflow-` and a serial number or any other. Empty goes by none: nothing is ever put off."),
    POWER_SAVING_BELOW(
            "caravan.power.saving-below",
            Kind.PERCENT,
            "30",
            "The charge in percent below which the hub saves power: what can wait does, until the charge is 5 points above it."),
    POWER_FLOOR(
            "caravan.power.floor",
            Kind.PERCENT,
            "10",
            "The charge in percent at which the station is as good as empty: the hub brings to safety what it holds, and alerts. Less than `caravan.power.saving-below`."),
    BACKUP_FOLDER(
            "caravan.backup.folder",
            Kind.PATH,
            "",
            "The folder that backups are kept in. Empty means `backups` in the data folder, on the same disk."),
    BACKUP_SECOND(
            "caravan.backup.second",
            Kind.SECOND_PLACE,
            "",
            "A second place that each backup is copied to when it is there: a folder on another disk, a USB stick for example, or `sftp://user@host/path` on another machine."),
    BACKUP_SECOND_PATIENCE(
            "caravan.backup.second-patience",
            Kind.DURATION,
            "7d",
            "How long the second place may be away before that is an alert."),
    BACKUP_RECIPIENT(
            "caravan.backup.recipient",
            Kind.BACKUP_RECIPIENT,
            "",
            "Whom backups are encrypted for, `age1...` as `caravan backup key` makes it. Empty encrypts none."),
    BACKUP_DAILY("caravan.backup.daily", Kind.COUNT, "7", "Of how many days the newest backup is kept."),
    BACKUP_WEEKLY("caravan.backup.weekly", Kind.COUNT, "4", "Of how many weeks the newest backup is kept."),
    BACKUP_MONTHLY("caravan.backup.monthly", Kind.COUNT, "6", "Of how many months the newest backup is kept."),
    BACKUP_BUDGET(
            "caravan.backup.budget",
            Kind.BYTES,
            "4GB",
            "How much room all backups may use together; the oldest go first, the newest never."),
    COMMAND_CONFIRM(
            "caravan.command.confirm",
            Kind.TEXT,
            "restart,reboot,reset,factory_reset,update_firmware,ota,unlock,heater/start",
            "Which commands are sent only when whoever asks says that they mean it: by name, or for a family or system only, `heater/start`."),
    INFLUX_URL(
            "caravan.influx.url",
            Kind.TEXT,
            "http://127.0.0.1:8086/api/v2/write?org=home&bucket=caravan&precision=ms",
            "Where the optional flow `forward-influx` writes to; `precision=ms` belongs to it."),
    MIRROR_URL(
            "caravan.mirror.url",
            Kind.BROKER_URL,
            "",
            "The broker that the optional flow `mirror-broker` publishes to, `ssl://host:8883`."),
    WEBHOOK_URL(
            "caravan.webhook.url",
            Kind.WEB_ADDRESS,
            "http://127.0.0.1:1880/caravan",
            "Where the optional flow `webhook` posts readings to. Whoever knows the address may post, so it is never shown.");

    private final String key;
    private final Kind kind;
    private final String defaultValue;
    private final String sentence;

    Setting(String key, Kind kind, String defaultValue, String sentence) {
        this.key = key;
        this.kind = kind;
        this.defaultValue = defaultValue;
        this.sentence = sentence;
    }

    /** Its name in files and, as <code>{{key}}</code>, in flows: {@code caravan.http.port}. */
    public String key() {
        return key;
    }

    /** Its name in the environment: {@code CARAVAN_HTTP_PORT}. */
    public String variable() {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Its name on the command line: {@code --http-port}. A secret is none: arguments can be read by every user of the machine. */
    public Optional<String> option() {
        return isSecret()
                ? Optional.empty()
                : Optional.of("--" + key.substring("caravan.".length()).replace('.', '-'));
    }

    /** What may be written. */
    public Kind kind() {
        return kind;
    }

    /** What holds when nothing is written; empty for "none". */
    public String defaultValue() {
        return defaultValue;
    }

    /** What it is for, in a sentence, with unit and consequence. */
    public String sentence() {
        return sentence;
    }

    /** Whether its value must never be shown. */
    public boolean isSecret() {
        return kind.isSecret();
    }

    /** The setting with this key. */
    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    /** The setting with this name in the environment. */
    static Optional<Setting> ofVariable(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.variable().equals(name))
                .findFirst();
    }
}
