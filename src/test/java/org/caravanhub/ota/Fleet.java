package org.caravanhub.ota;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * Devices that are updated over the air, by every way that there is: they say how they are over MQTT, ask in the words of their firmware, fetch
 * the image over HTTP, look whether it is what was promised, and start anew with it, or not, as each was told. They share one connection to the
 * broker and a few threads, so that five hundred of them fit beside the hub that they ask.
 */
public final class Fleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Where an image says which version it is: behind the headers, in the description of the program. */
    private static final int VERSION_AT = 24 + 8 + 16;

    private volatile URI hub;
    private final MqttAsyncClient broker;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final ScheduledExecutorService clockwork;
    private final List<FleetDevice> devices = new ArrayList<>();
    private final Map<Way, FleetDoor> doors = new EnumMap<>(Way.class);
    private final AtomicInteger wrongImages = new AtomicInteger();
    private final AtomicLong fetchedBytes = new AtomicLong();

    /** What was fetched: whole, and what was promised. */
    record Fetched(String version, int size) {}

    /** @param hub its URL */
    public Fleet(String hub, String brokerUrl, int threads) throws MqttException {
        this.hub = URI.create(hub);
        this.broker = new MqttAsyncClient(brokerUrl, "fleet", new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setAutomaticReconnect(true);
        broker.connect(options).waitForCompletion(PATIENCE.toMillis());
        clockwork = Executors.newScheduledThreadPool(threads, runnable -> {
            Thread thread = new Thread(runnable, "fleet");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** By which way a device asks. */
    public enum Way {
        PAKU("paku", "edge"),
        MQTT("paku", "edge"),
        ESPHOME("caravan", ""),
        ARDUINO("caravan", "");

        private final String family;
        private final String system;

        Way(String family, String system) {
            this.family = family;
            this.system = system;
        }

        /** How it is registered: a line of {@code caravan device import}, without its end. */
        public String line(String id, String model) {
            return id + "," + family + "," + (family.equals("paku") ? "paku" : "") + "," + system + "," + model;
        }
    }

    /** The first line of a file of devices. */
    public static final String HEADER = "id,family,site,system,model";

    /**
     * One more device.
     *
     * @param model what it says that it is
     * @param key what it reports with, if its way needs one
     */
    public FleetDevice add(String id, Way way, String model, String key, String version, FleetDevice.Mishap mishap)
            throws MqttException {
        FleetDoor door = doors.get(way);
        if (door == null) {
            door = switch (way) {
                case PAKU -> new PakuFleetDoor(this, model, key);
                case MQTT -> new MqttFleetDoor(this);
                case ESPHOME -> new EsphomeFleetDoor(this);
                case ARDUINO -> new ArduinoFleetDoor(this, model);
            };
            doors.put(way, door);
        }
        return add(id, door, version, mishap);
    }

    private FleetDevice add(String id, FleetDoor door, String version, FleetDevice.Mishap mishap) {
        String mac = String.format("DE:BA:7A:00:%02X:%02X", devices.size() >> 8, devices.size() & 0xff);
        FleetDevice device = new FleetDevice(this, id, mac, door, version, mishap);
        devices.add(device);
        return device;
    }

    /** They begin to live, each a moment in each period, one after the other. */
    public void start(Duration period) {
        long apart = period.toNanos() / Math.max(1, devices.size());
        for (int i = 0; i < devices.size(); i++) {
            FleetDevice device = devices.get(i);
            clockwork.scheduleWithFixedDelay(() -> live(device), i * apart, period.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static void live(FleetDevice device) {
        try {
            device.live();
        } catch (IOException e) {
            // The hub is away; it asks again the next time, as a device does.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public List<FleetDevice> devices() {
        return devices;
    }

    /** How many images were not what was promised. */
    public int wrongImages() {
        return wrongImages.get();
    }

    /** How much was fetched, of whole images. */
    public long fetchedBytes() {
        return fetchedBytes.get();
    }

    /** The hub is elsewhere from now on. */
    public void hubIsAt(String url) {
        hub = URI.create(url);
    }

    URI at(String path) {
        return hub.resolve(path);
    }

    /** What a device says now. */
    void say(Map<String, String> payloads) throws IOException {
        for (Map.Entry<String, String> payload : payloads.entrySet()) {
            publish(payload.getKey(), payload.getValue(), 0);
        }
    }

    synchronized void publish(String topic, String payload, int qos) throws IOException {
        try {
            var token = broker.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, false);
            if (qos > 0) {
                token.waitForCompletion(PATIENCE.toMillis());
            }
        } catch (MqttException e) {
            throw new IOException(topic, e);
        }
    }

    /** What comes on these topics is given to {@code listener}; there is one. */
    void subscribe(String topics, IMqttMessageListener listener) throws MqttException {
        broker.setCallback(new FleetCallback(listener));
        broker.subscribe(topics, 1).waitForCompletion(PATIENCE.toMillis());
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Fetches an image to its end, and looks whether it is what was promised. */
    Fetched fetch(FleetDoor.Found found) throws IOException, InterruptedException {
        byte[] image = found.image();
        if (image.length == 0) {
            HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(found.url()));
            image = answer.body();
            if (answer.statusCode() != 200) {
                throw new IOException(found.url() + " answers " + answer.statusCode());
            }
        }
        if (!digest(found.algorithm(), image).equalsIgnoreCase(found.digest())) {
            wrongImages.incrementAndGet();
            throw new IOException(found.url() + " is not what was promised");
        }
        fetchedBytes.addAndGet(image.length);
        return new Fetched(version(image), image.length);
    }

    static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String version(byte[] image) {
        byte[] text = new byte[32];
        ByteBuffer.wrap(image, VERSION_AT, text.length).get(text);
        return new String(text, StandardCharsets.US_ASCII).replaceAll("\0.*", "");
    }

    @Override
    public void close() throws MqttException {
        clockwork.shutdownNow();
        broker.disconnectForcibly(0, 200, true);
        broker.close(true);
    }
}
