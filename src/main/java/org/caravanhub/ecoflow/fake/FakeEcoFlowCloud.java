package org.caravanhub.ecoflow.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.caravanhub.ecoflow.Keys;

/**
 * EcoFlow's cloud on a free port of this machine: the list of stations and what each measures, for who signs as the real one wants it. Safe
 * for several threads.
 */
public final class FakeEcoFlowCloud implements AutoCloseable {
    /** The keys of EcoFlow's own documentation. */
    public static final Keys KEYS = new Keys("Fp4SvIprYSDPXtYJidEtUAd1o", "WIbFEKre0s6sLnh4ei7SPUeYnptHG6V");

    private static final String LIST = "/iot-open/sign/device/list";
    private static final String QUOTA = "/iot-open/sign/device/quota/all";
    /** More than a day of tests; a demo may run for weeks. */
    private static final int MOST_REMEMBERED = 10_000;

    static {
        // Otherwise each answer waits for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fake-ecoflow");
        thread.setDaemon(true);
        return thread;
    });
    private final FakeAccount account;
    private final Map<String, FakeStation> stations = new ConcurrentHashMap<>();
    private final Map<String, String> frozen = new ConcurrentHashMap<>();
    private volatile Mood ofList = Mood.WELL;
    private volatile Mood ofQuota = Mood.WELL;
    private volatile String elsewhere = "";

    /** What was asked last, path and query; headers are in small letters. */
    public final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** One request. */
    public record Asked(String path, String query, Map<String, String> headers) {}

    private record FakeStation(String product, boolean isOnline, Supplier<String> quota) {}

    /** One that speaks plain HTTP and knows {@link #KEYS}. */
    public FakeEcoFlowCloud() throws IOException {
        this(KEYS);
    }

    /** One that speaks plain HTTP and knows these keys. */
    public FakeEcoFlowCloud(Keys keys) throws IOException {
        this(HttpServer.create(free(), 0), keys);
    }

    /** One that shows this certificate and knows {@link #KEYS}. */
    public FakeEcoFlowCloud(SSLContext tls) throws IOException {
        this(encrypted(tls), KEYS);
    }

    private FakeEcoFlowCloud(HttpServer server, Keys keys) {
        this.server = server;
        this.account = new FakeAccount(keys);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private static InetSocketAddress free() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static HttpServer encrypted(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(free(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    /** Where it is, as {@code caravan.ecoflow.host}. */
    public String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    /** A station of this account, and what it says for ever. */
    public FakeEcoFlowCloud with(String serial, String product, boolean isOnline, String quota) {
        return with(serial, product, isOnline, () -> quota);
    }

    /** A station of this account, and where it is asked what it says, as a JSON object. */
    public FakeEcoFlowCloud with(String serial, String product, boolean isOnline, Supplier<String> quota) {
        stations.put(serial, new FakeStation(product, isOnline, quota));
        return this;
    }

    /** Takes only signatures without the parameters, as old programs make them. */
    public FakeEcoFlowCloud signedShort() {
        account.signedShort();
        return this;
    }

    /** How it answers who asks for the list. */
    public void listIs(Mood mood) {
        ofList = mood;
        frozen.clear();
    }

    /** How it answers who asks for a station. */
    public void quotaIs(Mood mood) {
        ofQuota = mood;
        frozen.clear();
    }

    /** Where {@link Mood#REDIRECT} leads to. */
    public void redirectTo(String url) {
        elsewhere = url;
    }

    /** How often paths that end so were asked, of those that {@link #asked} has. */
    public long count(String path) {
        return asked.stream().filter(one -> one.path().endsWith(path)).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
            Map<String, String> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders().forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), all.get(0)));
            remember(new Asked(path, query, headers));
            Mood mood = path.equals(LIST) ? ofList : ofQuota;
            Misbehaviour.send(exchange, mood, answer(mood, path, query, headers), elsewhere);
        }
    }

    private synchronized void remember(Asked one) {
        asked.add(one);
        if (asked.size() > MOST_REMEMBERED) {
            asked.remove(0);
        }
    }

    private String answer(Mood mood, String path, String query, Map<String, String> headers) {
        return account.refusal(query, headers).orElseGet(() -> {
            if (mood == Mood.FROZEN) {
                return frozen.computeIfAbsent(path + query, first -> right(mood, path, query));
            }
            return right(mood, path, query);
        });
    }

    private String right(Mood mood, String path, String query) {
        if (path.equals(LIST)) {
            return switch (mood) {
                case CROWD -> Answers.crowd();
                case HOSTILE_NAMES -> Answers.hostile(list(mood));
                default -> Answers.success("[" + list(mood) + "]");
            };
        }
        FakeStation station = stations.get(query.replace("sn=", ""));
        return path.equals(QUOTA) && station != null
                ? Answers.success(station.quota().get())
                : Answers.NOT_BOUND;
    }

    private String list(Mood mood) {
        String product = mood == Mood.HOSTILE_NAMES ? "<script>alert(1)</script>\\u001b[31m\\n\\u202e" : "";
        return stations.entrySet().stream()
                .map(each -> Answers.listed(
                        each.getKey(),
                        each.getValue().product() + product,
                        each.getValue().isOnline() && mood != Mood.OFFLINE))
                .collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
