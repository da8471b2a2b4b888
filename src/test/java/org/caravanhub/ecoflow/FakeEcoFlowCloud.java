package org.caravanhub.ecoflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;

/** EcoFlow's cloud on this machine: it checks signatures as the real one does, and misbehaves when it is told to. */
public final class FakeEcoFlowCloud implements AutoCloseable {
    /** The keys of EcoFlow's own documentation. */
    public static final Keys KEYS = new Keys("Fp4SvIprYSDPXtYJidEtUAd1o", "WIbFEKre0s6sLnh4ei7SPUeYnptHG6V");

    private static final long MOST_SKEW_MS = 300_000;

    static {
        // Otherwise each answer waits for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> stations = new ConcurrentHashMap<>();
    private final Map<String, String> quotas = new ConcurrentHashMap<>();
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();
    private volatile Mood ofList = Mood.WELL;
    private volatile Mood ofQuota = Mood.WELL;
    private volatile String elsewhere = "";

    /** What was asked, path and query; headers are in small letters. */
    public final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** One request. */
    public record Asked(String path, String query, Map<String, String> headers) {}

    /** How it answers. */
    public enum Mood {
        WELL,
        INTERNAL_ERROR,
        TOO_MANY,
        TOO_BUSY,
        SLOW_DRIP,
        SLOW_HEADERS,
        PORTAL,
        NO_DATA,
        WRONG_TYPES,
        WRONG_SIGNATURE,
        NOT_BOUND,
        REDIRECT,
        TRUNCATED_GZIP,
        GZIP,
        ENDLESS,
        OFFLINE_CODE,
        EMPTY
    }

    /** One that speaks plain HTTP. */
    public FakeEcoFlowCloud() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** One that shows this certificate. */
    public FakeEcoFlowCloud(SSLContext tls) throws IOException {
        this(encrypted(tls));
    }

    private FakeEcoFlowCloud(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private static HttpServer encrypted(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    /** Where it is, as {@code caravan.ecoflow.host}. */
    public String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    /** A station of this account. */
    public FakeEcoFlowCloud with(String serial, String product, boolean isOnline, String quota) {
        stations.put(
                serial,
                "{\"sn\":\"" + serial + "\",\"deviceName\":\"" + serial + "\",\"online\":" + (isOnline ? 1 : 0)
                        + ",\"productName\":\"" + product + "\"}");
        quotas.put(serial, quota);
        return this;
    }

    public void listIs(Mood mood) {
        ofList = mood;
    }

    public void quotaIs(Mood mood) {
        ofQuota = mood;
    }

    public void redirectTo(String url) {
        elsewhere = url;
    }

    /** How often this path was asked. */
    public long count(String path) {
        return asked.stream().filter(one -> one.path().endsWith(path)).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query =
                    String.valueOf(exchange.getRequestURI().getRawQuery()).replace("null", "");
            Map<String, String> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders().forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), all.get(0)));
            asked.add(new Asked(path, query, headers));
            boolean isList = path.equals("/iot-open/sign/device/list");
            misbehave(exchange, isList ? ofList : ofQuota, answer(path, query, headers));
        }
    }

    private String answer(String path, String query, Map<String, String> headers) {
        if (!KEYS.access().equals(headers.get("accesskey"))) {
            return refusal("8513", "accessKey is invalid");
        }
        String stamp = headers.getOrDefault("timestamp", "0");
        boolean isFresh = Math.abs(System.currentTimeMillis() - Long.parseLong(stamp)) <= MOST_SKEW_MS
                && nonces.add(headers.get("nonce") + stamp);
        if (!isFresh || !signature(query, headers).equals(headers.get("sign"))) {
            return refusal("8521", "signature is wrong");
        }
        if (path.equals("/iot-open/sign/device/list")) {
            return success("[" + String.join(",", stations.values()) + "]");
        }
        String quota = quotas.get(query.replace("sn=", ""));
        return path.equals("/iot-open/sign/device/quota/all") && quota != null
                ? success(quota)
                : refusal("1006", "current device is not allowed to get device info");
    }

    /** Written down from the maker's rule once more, and not with the hub's own code. */
    private static String signature(String query, Map<String, String> headers) {
        String sorted = Arrays.stream(query.split("&"))
                .filter(part -> !part.isEmpty())
                .sorted()
                .collect(Collectors.joining("&"));
        String text = sorted + (sorted.isEmpty() ? "" : "&") + "accessKey=" + headers.get("accesskey") + "&nonce="
                + headers.get("nonce") + "&timestamp=" + headers.get("timestamp");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEYS.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String success(String data) {
        return "{\"code\":\"0\",\"message\":\"Success\",\"data\":" + data + ",\"eagleEyeTraceId\":\"\",\"tid\":\"\"}";
    }

    private static String refusal(String code, String message) {
        return "{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}";
    }

    private void misbehave(HttpExchange exchange, Mood mood, String right) throws IOException {
        switch (mood) {
            case WELL -> send(exchange, 200, "application/json", right);
            case INTERNAL_ERROR -> send(exchange, 503, "text/html", "<html>upstream</html>");
            case TOO_MANY -> {
                exchange.getResponseHeaders().add("Retry-After", "1");
                send(exchange, 429, "text/plain", "slow down");
            }
            case TOO_BUSY -> send(exchange, 200, "application/json", refusal("500", "Server is too busy"));
            case PORTAL ->
                send(exchange, 200, "text/html", "<!DOCTYPE html><html><body>Welcome to Camping WiFi</body></html>");
            case NO_DATA -> send(exchange, 200, "application/json", success("null"));
            case WRONG_TYPES ->
                send(
                        exchange,
                        200,
                        "application/json",
                        success("{\"pd.soc\":{\"a\":[1]},\"pd.wattsInSum\":true,\"pd.wattsOutSum\":\"many\","
                                + "\"bmsMaster.soc\":[38],\"inv.outTemp\":\"\",\"bmsMaster.temp\":1e999999}"));
            case EMPTY -> send(exchange, 200, "application/json", success("{}"));
            case WRONG_SIGNATURE -> send(exchange, 200, "application/json", refusal("8521", "signature is wrong"));
            case NOT_BOUND ->
                send(
                        exchange,
                        200,
                        "application/json",
                        refusal("1006", "current device is not allowed to get device info"));
            case OFFLINE_CODE -> send(exchange, 200, "application/json", refusal("6012", "the device is offline"));
            case REDIRECT -> {
                exchange.getResponseHeaders().add("Location", elsewhere + "/login");
                send(exchange, 302, "text/html", "");
            }
            case GZIP -> gzip(exchange, right, 0);
            case TRUNCATED_GZIP -> gzip(exchange, right, 12);
            case SLOW_DRIP -> {
                exchange.sendResponseHeaders(200, 100_000);
                drip(exchange.getResponseBody());
            }
            case SLOW_HEADERS -> {
                LockSupport.parkNanos(15_000_000_000L);
                send(exchange, 200, "application/json", right);
            }
            case ENDLESS -> {
                exchange.sendResponseHeaders(200, 0);
                byte[] spaces = " ".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < 64; i++) {
                    exchange.getResponseBody().write(spaces);
                }
            }
        }
    }

    private static void gzip(HttpExchange exchange, String text, int missing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, bytes.size() - missing);
        exchange.getResponseBody().write(bytes.toByteArray(), 0, bytes.size() - missing);
    }

    /** A byte now and then, so that no single wait is long. */
    private static void drip(OutputStream out) throws IOException {
        for (int i = 0; i < 300; i++) {
            out.write(' ');
            out.flush();
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
