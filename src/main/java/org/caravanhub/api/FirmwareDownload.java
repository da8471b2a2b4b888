package org.caravanhub.api;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravanhub.http.DirectHandler;
import org.caravanhub.http.Principal;
import org.caravanhub.http.Problem;
import org.caravanhub.http.ProblemCode;
import org.caravanhub.http.Question;
import org.caravanhub.ota.Release;
import org.caravanhub.ota.Releases;

/**
 * {@code GET /ota/f/KEY.bin}: the file with this key. Nobody can guess the key, so whoever has it may have the file: a device that cannot
 * sign in, a cache in front. What was asked for lately is known for five seconds, and while the database is away.
 */
final class FirmwareDownload implements DirectHandler {
    private static final FirmwareSending.Way FOR_GOOD =
            new FirmwareSending.Way(true, "The file of this release is not there.");

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int REMEMBERED = 200;
    private static final Pattern FILE = Pattern.compile("([0-9a-f]{32})\\.bin");

    private final Releases releases;
    private final FirmwareSending sending;
    private final LongSupplier nanos;

    private record Found(Release release, long at) {}

    private final Map<String, Found> found = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Found> eldest) {
            return size() > REMEMBERED;
        }
    };

    FirmwareDownload(Releases releases, FirmwareSending sending, LongSupplier nanos) {
        this.releases = releases;
        this.sending = sending;
        this.nanos = nanos;
    }

    @Override
    public void handle(RoutingContext context, Question question) {
        Matcher file = FILE.matcher(question.word("file"));
        if (!file.matches()) {
            context.fail(gone());
            return;
        }
        String key = file.group(1);
        Optional<Found> known = known(key);
        Optional<Release> fresh = known.filter(release -> nanos.getAsLong() - release.at() < FRESH_NANOS)
                .map(Found::release);
        Future<Optional<Release>> release = fresh.isPresent()
                ? Future.succeededFuture(fresh)
                : context.vertx().executeBlocking(() -> find(key, known), false);
        release.onFailure(context::fail)
                .onSuccess(it -> it.ifPresentOrElse(
                        there -> sending.send(context, there, FOR_GOOD, device(question)), () -> context.fail(gone())));
    }

    private static Problem gone() {
        return Problem.of(ProblemCode.NOT_FOUND, "No release has this file. Ask again which one there is.");
    }

    /** Whose download it is: the device that signed in. */
    static Optional<String> device(Question question) {
        return Optional.of(question.principal())
                .filter(who -> who.kind() == Principal.Kind.DEVICE)
                .map(Principal::name);
    }

    private Optional<Found> known(String key) {
        synchronized (found) {
            return Optional.ofNullable(found.get(key));
        }
    }

    private Optional<Release> find(String key, Optional<Found> known) {
        Optional<Release> now;
        try {
            now = releases.ofKey(key);
        } catch (RuntimeException e) {
            // What was published does not change while the database is away.
            return Optional.of(known.map(Found::release).orElseThrow(() -> e));
        }
        synchronized (found) {
            now.ifPresentOrElse(
                    release -> found.put(key, new Found(release, nanos.getAsLong())), () -> found.remove(key));
        }
        return now;
    }
}
