package org.caravanhub.device;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.caravanhub.reading.DeviceId;
import org.caravanhub.text.Nearest;

/** A registration while it is written, field by field; each is looked at by the same rule, wherever it comes from. */
public final class RegistrationDraft {
    /** The fields that an owner may write, in the order of a file. */
    public static final List<String> FIELDS = List.of(
            "family",
            "site",
            "system",
            "model",
            "name",
            "group",
            "tags",
            "location",
            "notes",
            "interval_ms",
            "disabled");

    /** The protocol families that topics can be of. */
    public static final List<String> FAMILIES =
            List.of("caravan", "paku", "alona", "iot", "esphome", "ruuvi", "ecoflow", "http");

    /** Between two tags where they are one text. */
    public static final String BETWEEN_TAGS = ";";

    private static final int MOST_TAGS = 20;
    private static final int LONGEST_TAG = 40;
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(366);

    private final Registration before;
    private Registration.Topics topics;
    private String model;
    private String name;
    private String group;
    private List<String> tags;
    private String location;
    private String notes;
    private Optional<Duration> interval;
    private boolean isDisabled;

    /** Begins with what is known. */
    public RegistrationDraft(Registration before) {
        this.before = before;
        this.topics = before.topics();
        this.model = before.model();
        this.name = before.name();
        this.group = before.group();
        this.tags = before.tags();
        this.location = before.location();
        this.notes = before.notes();
        this.interval = before.interval();
        this.isDisabled = before.isDisabled();
    }

    /** Of a device of which nothing is known but its id. */
    public static Registration blank(String device, Registration.Topics topics, Instant now) {
        return new Registration(device, topics, "", "", "", List.of(), "", "", Optional.empty(), false, now, now);
    }

    /**
     * Writes one of the {@link #FIELDS}.
     *
     * @param text what it is to be; tags separated by semicolons; empty takes away what was there
     * @return what is wrong with it; nothing was changed then
     */
    public Optional<String> set(String field, String text) {
        return switch (field) {
            case "family" -> family(text);
            case "site" -> level(text, () -> topics = new Registration.Topics(topics.family(), text, topics.system()));
            case "system" -> level(text, () -> topics = new Registration.Topics(topics.family(), topics.site(), text));
            case "model" -> text(text, 100, () -> model = text);
            case "name" -> text(text, 100, () -> name = text);
            case "group" -> text(text, 64, () -> group = text);
            case "tags" -> tags(text);
            case "location" -> text(text, 200, () -> location = text);
            case "notes" -> OwnersText.flaw(text, 4000, true).or(() -> done(() -> notes = text));
            case "interval_ms" -> interval(text);
            case "disabled" -> disabled(text);
            default -> throw new IllegalArgumentException("a registration has no " + field);
        };
    }

    /** What it came to; itself if nothing is different. */
    public Registration at(Instant now) {
        Registration same = made(before.changedAt());
        return same.equals(before) ? before : made(now);
    }

    private Registration made(Instant changedAt) {
        return new Registration(
                before.device(),
                topics,
                model,
                name,
                group,
                tags,
                location,
                notes,
                interval,
                isDisabled,
                before.createdAt(),
                changedAt);
    }

    private static Optional<String> done(Runnable change) {
        change.run();
        return Optional.empty();
    }

    private static Optional<String> text(String text, int longest, Runnable change) {
        return OwnersText.flaw(text, longest, false).or(() -> done(change));
    }

    private Optional<String> family(String text) {
        if (FAMILIES.contains(text)) {
            return done(() -> topics = new Registration.Topics(text, topics.site(), topics.system()));
        }
        String near = Nearest.to(text, FAMILIES)
                .map(word -> "did you mean " + word + "? ")
                .orElse("");
        return Optional.of("it is no family; " + near + "there are " + String.join(", ", FAMILIES));
    }

    /** A level of a topic. */
    private static Optional<String> level(String text, Runnable change) {
        return text.isEmpty() ? done(change) : DeviceId.flaw(text).or(() -> done(change));
    }

    private Optional<String> tags(String text) {
        List<String> words = Arrays.stream(text.split(BETWEEN_TAGS, -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        if (words.size() > MOST_TAGS) {
            return Optional.of("there are " + words.size() + " tags; at most " + MOST_TAGS + " are kept");
        }
        for (String word : words) {
            if (word.contains(",")) {
                return Optional.of("a tag has a comma; tags are separated in the command line by it");
            }
            Optional<String> flaw = OwnersText.flaw(word, LONGEST_TAG, false);
            if (flaw.isPresent()) {
                return flaw.map(what -> "in tag " + (words.indexOf(word) + 1) + ": " + what);
            }
        }
        return done(() -> tags = words);
    }

    private Optional<String> interval(String text) {
        if (text.isEmpty()) {
            return done(() -> interval = Optional.empty());
        }
        try {
            Duration wanted = Duration.ofMillis(Long.parseLong(text));
            if (wanted.compareTo(Duration.ofSeconds(1)) >= 0 && wanted.compareTo(LONGEST_INTERVAL) <= 0) {
                return done(() -> interval = Optional.of(wanted));
            }
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.of("it is no whole number of milliseconds");
        }
        return Optional.of("it must be from 1000 ms to " + LONGEST_INTERVAL.toMillis() + " ms, which is a year");
    }

    private Optional<String> disabled(String text) {
        return switch (text) {
            case "true" -> done(() -> isDisabled = true);
            case "", "false" -> done(() -> isDisabled = false);
            default -> Optional.of("it must be true or false");
        };
    }
}
