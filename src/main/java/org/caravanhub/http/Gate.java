package org.caravanhub.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.caravanhub.text.Quoted;

/**
 * What every request passes before anything else sees it: host, sign-in, contract. In this order, so that somebody without a
 * credential learns nothing but that one is needed.
 */
final class Gate {
    /** Where the question is kept in the request. */
    static final String QUESTION = "question";

    static final String OPERATION = "operation";

    /** Where the names and values of the query are kept, once they are known to be harmless. */
    static final String QUERY = "query";

    /** A flow of the owner may answer at {@code /apiary}; {@code /api;v1} and {@code /api%2fv1} are tricks. */
    private static final Pattern OURS =
            Pattern.compile("/(api|devices|health|metrics|ota)([^a-z0-9_-].*)?", Pattern.DOTALL);

    private static final String API_KEY = "X-API-Key";
    private static final String BEARER = "Bearer realm=\"caravan\"";
    private static final String BASIC = "Basic realm=\"caravan\", charset=\"UTF-8\"";

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final HostRule hosts;
    private final SignIn signIn;
    private final Contract contract;
    private final Clock clock;

    Gate(HostRule hosts, SignIn signIn, Contract contract, Clock clock) {
        this.hosts = hosts;
        this.signIn = signIn;
        this.contract = contract;
        this.clock = clock;
    }

    /** Lets the request through with its {@link Question}, or fails it with a {@link Problem}. */
    void check(RoutingContext context, String requestId) {
        HttpServerRequest request = context.request();
        CamelNames.removeFrom(request.headers());
        String path = path(request);
        checkFraming(context);
        checkHost(request);
        checkSite(request);

        Map<String, Contract.Match> matches = contract.at(path);
        Contract.Match match = matches.get(request.method().name());
        Principal principal = signIn(request, match, matches);
        // A flow that asks another host sends on every header that it has; the admin's token is none of its business.
        request.headers().remove("Authorization").remove(API_KEY);
        List<Map.Entry<String, String>> query = query(request);
        context.put(QUERY, query);
        if (match != null && !path.equals(context.normalizedPath())) {
            // The router behind reads the path in its own way; what was checked and what runs must be one operation.
            throw Problem.of(ProblemCode.NOT_FOUND, "There is nothing at " + Quoted.of(path) + ".");
        }
        if (match == null) {
            if (!matches.isEmpty()) {
                throw wrongMethod(request, matches);
            }
            if (isOurs(path) || isOurs(context.normalizedPath())) {
                throw Problem.of(ProblemCode.NOT_FOUND, "There is nothing at " + Quoted.of(path) + ".");
            }
            // Perhaps a user's own flow answers there.
            context.next();
            return;
        }
        checkRights(principal, match.operation());
        checkBodyType(request, match.operation());
        Map<String, String> elsewhere = new HashMap<>(match.operation().headers(request::getHeader));
        elsewhere.putAll(match.inPath());
        Map<String, Object> parameters = match.operation().read(elsewhere, query, clock);
        String known = Optional.ofNullable(request.getHeader("If-None-Match")).orElse("");
        String expected = Optional.ofNullable(request.getHeader("If-Match")).orElse("");
        Question question = new Question(
                match.operation().id(),
                path,
                parameters,
                principal,
                new Question.Way(request.getHeader("Host"), address(request)),
                known,
                expected,
                requestId,
                new byte[0]);
        context.put(OPERATION, match.operation()).put(QUESTION, question);
        context.setUser(Questions.traveller(question));
        context.next();
    }

    /** The path letter by letter as it was sent: what is compared is what was asked. */
    private static String path(HttpServerRequest request) {
        String uri = request.uri();
        if (!uri.startsWith("/")) {
            throw Problem.of(ProblemCode.BAD_REQUEST, "The request's target must be a path that begins with /.");
        }
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** A length or a credential that two readers could understand in two ways is refused, and the connection closed. */
    private static void checkFraming(RoutingContext context) {
        MultiMap headers = context.request().headers();
        List<String> encodings = headers.getAll("Transfer-Encoding");
        boolean chunkedOnce = encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked");
        if (!encodings.isEmpty() && (!chunkedOnce || headers.contains("Content-Length"))) {
            context.response().putHeader("Connection", "close");
            throw Problem.of(
                    ProblemCode.BAD_REQUEST,
                    "A body's length is told once: by Content-Length, or by \"chunked\" alone.");
        }
        if (headers.getAll("Authorization").size() > 1) {
            context.response().putHeader("Connection", "close");
            throw Problem.of(ProblemCode.BAD_REQUEST, "A request carries one Authorization header.");
        }
    }

    private void checkHost(HttpServerRequest request) {
        List<String> named = request.headers().getAll("Host");
        if (named.size() != 1) {
            throw Problem.of(
                    ProblemCode.BAD_REQUEST, "A request names its Host once; this one did " + named.size() + " times.");
        }
        if (!hosts.allows(named.get(0))) {
            throw Problem.of(
                    ProblemCode.WRONG_HOST,
                    "This hub is not called " + Quoted.of(named.get(0))
                            + ". Ask by its address, or add the name to `caravan.http.names`.");
        }
    }

    private static void checkSite(HttpServerRequest request) {
        boolean changes = !SAFE_METHODS.contains(request.method().name());
        if (changes && "cross-site".equalsIgnoreCase(request.getHeader("Sec-Fetch-Site"))) {
            throw Problem.of(ProblemCode.CROSS_SITE, "A page of another site may not change anything here.");
        }
    }

    private Principal signIn(
            HttpServerRequest request,
            Contract.@org.jspecify.annotations.Nullable Match match,
            Map<String, Contract.Match> matches) {
        boolean isOpen = match != null
                ? match.operation().isOpen() || signIn.isOpen(match.operation().openBy())
                // A wrong method on a path that is open to all is no secret.
                : !matches.isEmpty()
                        && matches.values().stream()
                                .allMatch(each -> signIn.isOpen(each.operation().openBy()));
        boolean withPassword = match != null && match.operation().schemes().contains("basic");
        String authorization = request.getHeader("Authorization");
        if (authorization == null && match != null && match.operation().takesKey(request.getHeader(API_KEY) != null)) {
            return signIn.publisher(
                    Optional.ofNullable(request.getHeader(API_KEY)).orElse(""), address(request));
        }
        if (authorization != null) {
            Principal principal = principal(request, authorization, withPassword, isOpen);
            if (principal.kind() != Principal.Kind.NOBODY) {
                return principal;
            }
        }
        if (isOpen) {
            return Principal.NOBODY;
        }
        String detail = authorization == null ? wanted(match) : "The credential is wrong, or not one for this.";
        throw new Problem(ProblemCode.UNAUTHORIZED, detail, List.of(), Map.of("WWW-Authenticate", challenge(match)));
    }

    private static String wanted(Contract.@org.jspecify.annotations.Nullable Match match) {
        String token = "the header `Authorization: Bearer TOKEN` with the token of admin.token";
        if (match == null || !match.operation().openBy().equals("firmware")) {
            return "This needs a credential: " + token + ".";
        }
        return "This needs a credential: the device's own, its user and password (`caravan device credentials`), or "
                + token
                + (match.operation().takesKey(true) ? ", or `X-API-Key`" : "")
                + ". For devices that cannot sign in: `caravan.firmware.clients=open`.";
    }

    /** ESP-IDF looks at the first word only. */
    private static String challenge(Contract.@org.jspecify.annotations.Nullable Match match) {
        if (match == null || !match.operation().schemes().contains("basic")) {
            return BEARER;
        }
        return match.operation().forDevices() ? BASIC : BEARER + ", " + BASIC;
    }

    private Principal principal(HttpServerRequest request, String authorization, boolean withPassword, boolean isOpen) {
        try {
            return signIn.principal(authorization, withPassword, address(request));
        } catch (Problem tooManyAttempts) {
            if (isOpen) {
                return Principal.NOBODY;
            }
            throw tooManyAttempts;
        }
    }

    /** Where it comes from; of IPv6 the network, since one machine has as many addresses in it as it likes. */
    private static String address(HttpServerRequest request) {
        String address = request.remoteAddress() == null
                ? ""
                : String.valueOf(request.remoteAddress().hostAddress());
        String[] groups = address.split(":", -1);
        return groups.length < 8 ? address : String.join(":", List.of(groups).subList(0, 4)) + "::/64";
    }

    /** A device may say what it measured; all else is the admin's. */
    private static void checkRights(Principal principal, Operation operation) {
        boolean forDevices = operation.forDevices()
                || (operation.bodyTypes().isEmpty()
                        ? operation.isOpen()
                        : operation.schemes().contains("basic"));
        if (principal.kind() == Principal.Kind.DEVICE && !forDevices) {
            throw Problem.of(ProblemCode.FORBIDDEN, "A device's credential is not enough for this.");
        }
    }

    /** Pairs of the query. Names that could steer Camel are refused, not dropped: nobody sends them by accident. */
    private static List<Map.Entry<String, String>> query(HttpServerRequest request) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        String query = request.query();
        if (query == null || query.isEmpty()) {
            return pairs;
        }
        try {
            new QueryStringDecoder(query, StandardCharsets.UTF_8, false, 100)
                    .parameters()
                    .forEach((name, values) -> values.forEach(value -> pairs.add(Map.entry(name, value))));
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemCode.BAD_REQUEST, "The query is not written in percent-encoded UTF-8.");
        }
        for (Map.Entry<String, String> pair : pairs) {
            if (CamelNames.isOne(pair.getKey())) {
                throw Problem.parameters(List.of(new Fault(
                        Quoted.of(pair.getKey()),
                        "unknown",
                        "There is no parameter " + Quoted.of(pair.getKey()) + ".",
                        "")));
            }
        }
        return pairs;
    }

    private static Problem wrongMethod(HttpServerRequest request, Map<String, Contract.Match> matches) {
        String allowed = String.join(", ", new TreeSet<>(matches.keySet()));
        return new Problem(
                ProblemCode.METHOD_NOT_ALLOWED,
                "This path takes " + allowed + ", not "
                        + Quoted.of(request.method().name()) + ".",
                List.of(),
                Map.of("Allow", allowed));
    }

    private static void checkBodyType(HttpServerRequest request, Operation operation) {
        if (operation.bodyTypes().isEmpty()) {
            return;
        }
        String[] type = Optional.ofNullable(request.getHeader("Content-Type"))
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .split(";", 2);
        boolean isUtf8 = type.length == 1
                || type[1].replace("\"", "").strip().matches("(charset\\s*=\\s*utf-8)?")
                || type[0].strip().equals("multipart/form-data");
        boolean isPlain = Optional.ofNullable(request.getHeader("Content-Encoding"))
                .orElse("identity")
                .equals("identity");
        if (!operation.bodyTypes().contains(type[0].strip()) || !isUtf8 || !isPlain) {
            String wanted = String.join(", ", operation.bodyTypes());
            throw Problem.of(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be " + wanted + " in UTF-8, not compressed; say so with `Content-Type: " + wanted
                            + "`.");
        }
    }

    /** Paths that belong to the API; here nothing but the contract answers, however the path is written. */
    private static boolean isOurs(String path) {
        return OURS.matcher(path.toLowerCase(Locale.ROOT)).matches();
    }
}
