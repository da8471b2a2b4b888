package org.caravanhub.ecoflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.caravanhub.reading.DeviceId;
import org.caravanhub.text.Plain;

/** The stations that are known, by serial number; a bounded number of them. Of one thread. */
final class Stations {
    private static final int MOST = 64;
    private static final int LONGEST_NAME = 64;

    private final Set<String> wanted;
    private final Supplier<Patience> patience;
    private final Map<String, Station> all = new TreeMap<>();

    /**
     * None yet.
     *
     * @param wanted serial numbers; empty for whatever there is
     * @param patience a new one
     */
    Stations(Set<String> wanted, Supplier<Patience> patience) {
        this.wanted = Set.copyOf(wanted);
        this.patience = patience;
    }

    /** @param pace how often one that is well is asked */
    static Stations of(Set<String> wanted, Duration interval, Supplier<Duration> pace, RandomGenerator chance) {
        return new Stations(wanted, () -> new Patience(interval, pace, chance));
    }

    Collection<Station> all() {
        return all.values();
    }

    /** The station, known from now on. */
    Station of(String serial) {
        return all.computeIfAbsent(serial, first -> new Station(first, patience.get()));
    }

    Optional<Station> find(String serial) {
        return Optional.ofNullable(all.get(serial));
    }

    /** The devices of those that are listed, or were asked for by their owner. */
    Set<String> askedFor() {
        return Stream.concat(
                        wanted.stream().map(serial -> Station.DEVICE_PREFIX + serial),
                        all.values().stream()
                                .filter(station -> station.isListed)
                                .map(Station::device))
                .collect(Collectors.toSet());
    }

    /** Whether it can be a device at all, and there is room for it. */
    boolean isTaken(String serial) {
        return DeviceId.isValid(Station.DEVICE_PREFIX + serial) && (all.containsKey(serial) || all.size() < MOST);
    }

    /** The cloud says who is there; whoever it leaves out is not. */
    void listed(JsonNode list) {
        makeRoom(serials(list));
        all.values().forEach(station -> {
            station.isListed = false;
            station.isOnline = false;
        });
        for (JsonNode each : list) {
            String serial = serial(each);
            if ((wanted.isEmpty() || wanted.contains(serial)) && isTaken(serial)) {
                Station station = of(serial);
                station.isListed = true;
                station.isOnline = isOne(each.path("online"));
                station.product = name(each.path("productName").asText(""));
            }
        }
    }

    /** Who is not under the account any more is remembered until somebody else is. */
    private void makeRoom(Set<String> listed) {
        long fresh = listed.stream().filter(serial -> !all.containsKey(serial)).count();
        if (all.size() + fresh > MOST) {
            all.keySet().removeIf(serial -> !listed.contains(serial) && !wanted.contains(serial));
        }
    }

    private static Set<String> serials(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(Stations::serial)
                .collect(Collectors.toSet());
    }

    /** Empty if it is none: JSON's null is not a station of that name. */
    private static String serial(JsonNode listed) {
        return listed.path("sn").isTextual() ? listed.path("sn").textValue() : "";
    }

    /** It is shown to people, and somebody else wrote it. */
    private static String name(String product) {
        return Plain.line(product.length() > LONGEST_NAME ? product.substring(0, LONGEST_NAME) : product);
    }

    /** It lags by up to a quarter of an hour, but nothing better is said. */
    private static boolean isOne(JsonNode online) {
        return online.asText().equals("1") || online.asText().equals("true");
    }

    /** A serial number that is configured and not in the list is a mistake that only a person can find. */
    List<Station> missingIn(JsonNode list) {
        Set<String> there = serials(list);
        return wanted.stream()
                .filter(serial -> !there.contains(serial) && isTaken(serial))
                .sorted()
                .map(this::of)
                .toList();
    }
}
