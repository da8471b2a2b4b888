package org.caravanhub.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.caravanhub.device.KnownDevice;
import org.caravanhub.device.Registration;
import org.caravanhub.http.Question;
import org.caravanhub.store.DeviceBook;

/** Which devices are asked for. */
final class DeviceFilter {
    /** So many are looked through at a time. */
    private static final int CHUNK = 500;

    private final Optional<String> group;
    private final Optional<String> tag;
    private final Optional<String> state;
    private final Optional<Boolean> registered;
    private final Optional<String> search;
    private final Function<KnownDevice, String> stateOf;

    /** As the question says; what it leaves out means all. */
    DeviceFilter(Question question, Function<KnownDevice, String> stateOf) {
        this.group = question.text("group");
        this.tag = question.text("tag");
        this.state = question.text("state");
        this.registered = question.text("registered").map("true"::equals);
        this.search = question.text("search").map(text -> text.toLowerCase(Locale.ROOT));
        this.stateOf = stateOf;
    }

    /** At most so many of them behind this id, in order of id; pages are asked for one after the other, so that each is short. */
    List<KnownDevice> after(String id, int limit, DeviceBook devices) {
        List<KnownDevice> found = new ArrayList<>();
        String after = id;
        int chunk = isEverybody() ? limit : Math.max(CHUNK, limit);
        while (true) {
            List<KnownDevice> page = devices.page(after, chunk);
            for (KnownDevice device : page) {
                if (takes(device)) {
                    found.add(device);
                }
                if (found.size() == limit) {
                    return found;
                }
            }
            if (page.size() < chunk) {
                return found;
            }
            after = page.get(page.size() - 1).id();
        }
    }

    private boolean isEverybody() {
        return Stream.of(group, tag, state, registered, search).allMatch(Optional::isEmpty);
    }

    private boolean takes(KnownDevice device) {
        Optional<Registration> owner = device.registration();
        return registered.map(wanted -> wanted == owner.isPresent()).orElse(true)
                && group.map(wanted -> owner.map(Registration::group)
                                .filter(wanted::equals)
                                .isPresent())
                        .orElse(true)
                && tag.map(wanted -> owner.map(known -> known.tags().contains(wanted))
                                .orElse(false))
                        .orElse(true)
                && state.map(wanted -> wanted.equals(stateOf.apply(device))).orElse(true)
                && search.map(text -> words(device)
                                .anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(text)))
                        .orElse(true);
    }

    private static Stream<String> words(KnownDevice device) {
        Stream<String> owners = device.registration().stream()
                .flatMap(known -> Stream.concat(
                        Stream.of(known.name(), known.group(), known.location(), known.notes()),
                        known.tags().stream()));
        return Stream.concat(Stream.of(device.id(), device.family(), device.model()), owners);
    }
}
