package org.caravanhub.api;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Which registered device has a MAC: the one whose id ends with it, or with six or more of its last digits, as firmware names itself:
 * {@code ESP32-20E955A0}, {@code van-55a0b1}. If several do, it is none of them. Asks the database at most once a minute. Safe for use by
 * many threads.
 */
final class MacOwners {
    private static final int LEAST_DIGITS = 6;
    private static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Supplier<Set<String>> registered;
    private final LongSupplier nanos;
    private volatile Known known = new Known(Set.of(), Long.MIN_VALUE, false);

    private record Known(Set<String> ids, long at, boolean isRead) {}

    /** @param registered the ids of every registered device */
    MacOwners(Supplier<Set<String>> registered, LongSupplier nanos) {
        this.registered = registered;
        this.nanos = nanos;
    }

    /** The device, if it is one alone. */
    Optional<String> of(String mac) {
        List<String> owners = ids().stream().filter(id -> isOf(id, mac)).toList();
        return owners.size() == 1 ? Optional.of(owners.get(0)) : Optional.empty();
    }

    private static boolean isOf(String id, String mac) {
        String plain = id.toUpperCase(Locale.ROOT);
        int from = plain.length();
        while (from > 0 && Character.digit(plain.charAt(from - 1), 16) >= 0) {
            from--;
        }
        String digits = plain.substring(from);
        // a and b to f are letters too: what stands before them may be the end of a word.
        for (int length = Math.min(digits.length(), mac.length()); length >= LEAST_DIGITS; length--) {
            if (mac.endsWith(digits.substring(digits.length() - length))) {
                return true;
            }
        }
        return false;
    }

    private Set<String> ids() {
        Known now = known;
        long time = nanos.getAsLong();
        if (!now.isRead() || time - now.at() > FRESH_NANOS) {
            now = new Known(registered.get(), time, true);
            known = now;
        }
        return now.ids();
    }
}
