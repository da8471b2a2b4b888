package org.caravanhub.cli;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.caravanhub.text.Plain;
import org.jspecify.annotations.Nullable;

/** Asks the hub over its HTTP API. Every question has an end: 3 s to connect, 35 s to wait for each piece of the answer. */
final class HubClient {
    private static final int CONNECT_MILLIS = 3_000;
    /** The hub cuts a query off after 30 s, and says so. */
    private static final int READ_MILLIS = 35_000;
    /** With ten seconds between two of them, five minutes. */
    private static final int MOST_ATTEMPTS = 30;

    private final String url;
    private final @Nullable Path tokenFile;
    private final Advice advice;
    private String whenNotFound = "";

    /**
     * @param url the hub, without a path
     * @param tokenFile whose first line is sent as the token, if there is such a file
     * @param advice for when it cannot be asked
     */
    HubClient(String url, @Nullable Path tokenFile, Advice advice) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.tokenFile = tokenFile;
        this.advice = advice;
    }

    /** The hub, without a path. */
    String url() {
        return url;
    }

    /** What to type when the hub knows nothing of what is asked for. */
    HubClient orNext(String command) {
        whenNotFound = command;
        return this;
    }

    /** The bytes that the hub answers to GET, always of a success. */
    byte[] get(String path, Map<String, String> query) {
        return asked(() -> {
            try (InputStream body = answer(open(target(path, query)))) {
                return body.readAllBytes();
            }
        });
    }

    /** The same, as a stream that breaks off with an exception if the hub does. */
    InputStream stream(String path, Map<String, String> query) {
        return asked(() -> answer(open(target(path, query))));
    }

    /** What the hub answers to POST; one that has too much to do is asked again when it says, for some minutes. */
    Json post(String path, String type, byte[] body) {
        return asked(() -> Json.parse(postForBytes(path, type, body)));
    }

    /** What the hub answers to POST with these parameters, as it came. */
    byte[] postForBytes(String path, Map<String, String> query, String type, byte[] body) {
        return postForBytes(target(path, query).substring(url.length()), type, body);
    }

    /** The same, as it came. */
    byte[] postForBytes(String path, String type, byte[] body) {
        return postForBytes(path, type, body, Map.of());
    }

    /** The same with further headers. */
    byte[] postForBytes(String path, String type, byte[] body, Map<String, String> headers) {
        return asked(() -> {
            for (int attempt = 1; ; attempt++) {
                HttpURLConnection connection = open(url + path);
                connection.setDoOutput(true);
                headers.forEach(connection::setRequestProperty);
                if (!type.isEmpty()) {
                    connection.setRequestProperty("Content-Type", type);
                }
                connection.getOutputStream().write(body);
                boolean isBusy = connection.getResponseCode() == HttpURLConnection.HTTP_UNAVAILABLE;
                if (!isBusy || attempt == MOST_ATTEMPTS) {
                    try (InputStream answer = answer(connection)) {
                        return answer.readAllBytes();
                    }
                }
                waitAsToldBy(connection);
            }
        });
    }

    /** Writes the body of a request. */
    interface Body {
        void write(OutputStream out) throws IOException;
    }

    /**
     * What the hub answers to POST with a body that is too large for memory. A hub that refuses it does so before it has all of it.
     *
     * @param length of the body, in bytes
     */
    byte[] send(String path, String type, long length, Body body) {
        return send("POST", path, type, length, body);
    }

    /** The same to PUT. */
    byte[] sendTo(String path, String type, long length, Body body) {
        return send("PUT", path, type, length, body);
    }

    private byte[] send(String method, String path, String type, long length, Body body) {
        return asked(() -> {
            HttpURLConnection connection = open(url + path);
            connection.setRequestMethod(method);
            connection.setRequestProperty("Content-Type", type);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(length);
            // What the hub would refuse is not sent: this client does not hear an answer while it sends.
            connection.setRequestProperty("Expect", "100-continue");
            try (OutputStream out = connection.getOutputStream()) {
                body.write(out);
            } catch (ProtocolException refusedAlready) {
                return bytes(answer(connection));
            }
            try (InputStream answer = answer(connection)) {
                return answer.readAllBytes();
            }
        });
    }

    /** Deletes a version of something; if it is another by now, the hub refuses. */
    void delete(String path, String version) {
        asked(() -> {
            HttpURLConnection connection = open(url + path);
            connection.setRequestMethod("DELETE");
            connection.setRequestProperty("If-Match", '"' + version + '"');
            try (InputStream answer = answer(connection)) {
                return answer.readAllBytes();
            }
        });
    }

    /**
     * Changes something by a method that the client which all else is asked with may not know: PATCH. Answers as it came.
     *
     * @param version which one is to be changed; empty for whichever
     */
    byte[] change(String method, String path, String version, String type, byte[] body) {
        return asked(() -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(Duration.ofMillis(READ_MILLIS))
                    .header("Content-Type", type)
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
            String token = token();
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            if (!version.isEmpty()) {
                request.header("If-Match", '"' + version + '"');
            }
            try {
                HttpResponse<byte[]> response = HttpClient.newBuilder()
                        .connectTimeout(Duration.ofMillis(CONNECT_MILLIS))
                        .build()
                        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() != HttpURLConnection.HTTP_OK) {
                    throw refused(response.statusCode(), new ByteArrayInputStream(response.body()));
                }
                return response.body();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        });
    }

    /** Deletes something that has no versions; what the hub answers. */
    byte[] delete(String path) {
        return deleteForBytes(path, Map.of());
    }

    /** What the hub answers to DELETE with these parameters. */
    byte[] deleteForBytes(String path, Map<String, String> query) {
        return asked(() -> {
            HttpURLConnection connection = open(target(path, query));
            connection.setRequestMethod("DELETE");
            try (InputStream answer = answer(connection)) {
                return answer.readAllBytes();
            }
        });
    }

    /** Changes a version of something in part; if it is another by now, the hub refuses. Answers as it came. */
    byte[] patch(String path, String version, byte[] body) {
        return change("PATCH", path, version, "application/merge-patch+json", body);
    }

    /** Saves something that is not there yet; if it is by now, the hub refuses. Answers as it came. */
    byte[] putNew(String path, String type, byte[] body) {
        return asked(() -> {
            HttpURLConnection connection = open(url + path);
            connection.setRequestMethod("PUT");
            connection.setRequestProperty("If-None-Match", "*");
            connection.setRequestProperty("Content-Type", type);
            connection.setDoOutput(true);
            connection.getOutputStream().write(body);
            try (InputStream answer = answer(connection)) {
                return answer.readAllBytes();
            }
        });
    }

    /** What the hub answers to POST with these parameters and without a body. */
    Json post(String path, Map<String, String> query) {
        return post(target(path, query).substring(url.length()), "", new byte[0]);
    }

    private static void waitAsToldBy(HttpURLConnection connection) throws IOException {
        try {
            Thread.sleep(1000L * Math.max(1, Math.min(connection.getHeaderFieldInt("Retry-After", 2), 30)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static byte[] bytes(InputStream answer) throws IOException {
        try (answer) {
            return answer.readAllBytes();
        }
    }

    private interface Exchange<T> {
        T run() throws IOException;
    }

    private <T> T asked(Exchange<T> exchange) {
        try {
            return exchange.run();
        } catch (SocketTimeoutException e) {
            throw unreachable("does not answer in time", "see how busy the machine is: top, df -h");
        } catch (ConnectException | UnknownHostException e) {
            throw unreachable("does not answer (" + e.getMessage() + ")", advice.whenDown());
        } catch (IOException e) {
            throw unreachable("broke off (" + e.getMessage() + ")", "look at its log: journalctl -u caravan -n 50");
        }
    }

    private String target(String path, Map<String, String> query) {
        StringBuilder target = new StringBuilder(url).append(path);
        char separator = '?';
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            target.append(separator).append(parameter.getKey()).append('=').append(encoded(parameter.getValue()));
            separator = '&';
        }
        return target.toString();
    }

    private InputStream answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status < 200 || status > 299) {
            throw refused(status, connection.getErrorStream());
        }
        return connection.getInputStream();
    }

    /** The same, as JSON. */
    Json json(String path, Map<String, String> query) {
        try {
            return Json.parse(get(path, query));
        } catch (IOException e) {
            throw unreachable("answers something that is not JSON", "is it Caravan that listens there?");
        }
    }

    /** For a path: one segment of it. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpURLConnection open(String target) throws IOException {
        URL address;
        try {
            address = new URL(target);
        } catch (MalformedURLException e) {
            throw new CommandFailed(ExitCode.USAGE, "\"" + url + "\" is no URL", "--url http://192.168.1.20:8080");
        }
        if (!(address.openConnection() instanceof HttpURLConnection connection)) {
            throw new CommandFailed(
                    ExitCode.USAGE, "\"" + url + "\" is no HTTP address", "--url http://192.168.1.20:8080");
        }
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Accept", "application/json, text/csv, application/problem+json");
        String token = token();
        if (!token.isEmpty()) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        return connection;
    }

    /** Empty if there is none: then the hub decides, and a hub that is down is told first. */
    private String token() {
        if (tokenFile == null) {
            return "";
        }
        try {
            return Files.readString(tokenFile).lines().findFirst().orElse("").strip();
        } catch (AccessDeniedException e) {
            throw new CommandFailed(
                    ExitCode.NOT_AUTHORISED,
                    "the token in " + tokenFile + " belongs to another user",
                    "run this as the user that runs the hub: sudo -u caravan caravan ...");
        } catch (NoSuchFileException | FileNotFoundException e) {
            return "";
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.NOT_AUTHORISED, "the token in " + tokenFile + " cannot be read", "");
        }
    }

    private String whatWasSent() {
        if (tokenFile == null) {
            return "no token was sent";
        }
        if (Files.notExists(tokenFile)) {
            return "there is no token file " + tokenFile;
        }
        return token().isEmpty() ? "the token file " + tokenFile + " is empty" : "token: " + tokenFile;
    }

    private CommandFailed unreachable(String why, String next) {
        return new CommandFailed(ExitCode.UNREACHABLE, "the hub at " + url + " " + why, next);
    }

    private CommandFailed refused(int status, @Nullable InputStream body) {
        Json problem = problem(body);
        String detail = detail(status, problem);
        return switch (status) {
            case 400, 422 -> new CommandFailed(ExitCode.INVALID, detail, hint(problem));
            case 401, 403 ->
                new CommandFailed(ExitCode.NOT_AUTHORISED, detail + " (" + whatWasSent() + ")", advice.withoutToken());
            case 404 ->
                problem.textOrEmpty("code").isEmpty() // each answer of a hub has one
                        ? new CommandFailed(
                                ExitCode.UNREACHABLE,
                                "what answers at " + url + " is no hub, but another program (HTTP status 404)",
                                "caravan doctor; or say where the hub is: --url")
                        : new CommandFailed(ExitCode.NOT_FOUND, detail, whenNotFound);
            case 409, 412, 428 -> new CommandFailed(ExitCode.CONFLICT, detail, "");
            case 429 ->
                problem.textOrEmpty("code").equals("too_soon")
                        ? new CommandFailed(ExitCode.CONFLICT, detail, "")
                        : new CommandFailed(ExitCode.FAILED, detail, "caravan status");
            default -> new CommandFailed(ExitCode.FAILED, detail, "caravan status");
        };
    }

    /** What is wrong is corrected all at once. */
    private static String mistakes(String what, List<Json> errors) {
        StringBuilder lines = new StringBuilder(what);
        for (Json error : errors) {
            String hint = error.textOrEmpty("hint");
            lines.append(System.lineSeparator())
                    .append("  ")
                    .append(Plain.line(placed(error.textOrEmpty("message")) + (hint.isEmpty() ? "" : " " + hint)));
        }
        return lines.toString();
    }

    private static String placed(String message) {
        return message.replaceFirst("^line:(\\d+):(\\d+): ", "line $1, column $2: ");
    }

    /** It speaks problem+json (RFC 9457); what is not ours says nothing. */
    private static Json problem(@Nullable InputStream body) {
        try {
            return Json.parse(body == null ? new byte[0] : body.readAllBytes());
        } catch (IOException e) {
            return Json.NOTHING;
        }
    }

    /** What the hub says about it. */
    private static String detail(int status, Json problem) {
        String detail = problem.text("detail").orElse(problem.text("title").orElse(""));
        List<Json> errors = problem.member("errors").items();
        if (problem.textOrEmpty("code").equals("malformed_devices")) {
            return mistakes("the file has mistakes; nothing was changed:", errors);
        }
        if (problem.textOrEmpty("code").equals("invalid_parameter") && errors.size() > 1) {
            return mistakes("this was not understood; nothing was changed:", errors);
        }
        return detail.isEmpty() ? withoutDetail(status) : Plain.line(detail);
    }

    /** An answer that comes before anything was sent has lost its body on the way through this client. */
    private static String withoutDetail(int status) {
        return switch (status) {
            case 413 -> "it is larger than the hub takes (caravan.firmware.max-bytes)";
            case 507 -> "the hub has no room for it (caravan.firmware.budget, or its disk)";
            default -> "the hub answers with HTTP status " + status;
        };
    }

    /** What to do about a mistake that is the only one; several are told with theirs. */
    private static String hint(Json problem) {
        List<Json> errors = problem.member("errors").items();
        return errors.size() == 1 ? Plain.line(errors.get(0).textOrEmpty("hint")) : "";
    }
}
