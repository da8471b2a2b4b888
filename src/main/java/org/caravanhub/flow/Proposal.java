package org.caravanhub.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.caravanhub.flow.Unit.Kind;
import org.caravanhub.flow.Unit.Name;

/**
 * What would run if all that was found were right, less what is wrong with it. Files that change together are judged together: an id
 * may move from one to another. What is rejected stays as it was, so that may make another wrong that leaned on it.
 */
final class Proposal {
    private final Map<String, Content> good;
    private final Map<String, Content> changed;
    private final Set<String> missing;
    private final Set<String> removed;
    private final Set<String> trusted;
    private final FlowCheck check;
    private final ReadAhead ahead;
    private final Map<String, List<Mistake>> rejected = new TreeMap<>();
    private final Map<String, List<Unit>> units = new HashMap<>();

    /**
     * @param good what ran last of each file
     * @param changed what is in the folder instead
     * @param missing which of the good ones are not in the folder any more
     * @param removed which of the good ones somebody gave up
     * @param trusted which of the changed ones need no check
     * @param ahead what was read of them before
     */
    Proposal(
            Map<String, Content> good,
            Map<String, Content> changed,
            Set<String> missing,
            Set<String> removed,
            Set<String> trusted,
            FlowCheck check,
            ReadAhead ahead) {
        this.good = good;
        this.changed = changed;
        this.missing = missing;
        this.removed = removed;
        this.trusted = trusted;
        this.check = check;
        this.ahead = ahead;
    }

    /** Not even what ran of this file can run. */
    void giveUp(String path, List<Mistake> mistakes) {
        good.remove(path);
        reject(path, mistakes);
    }

    /** Leaves a file as it was. */
    void reject(String path, List<Mistake> mistakes) {
        rejected.putIfAbsent(path, mistakes);
    }

    /** Leaves out what is wrong, until nothing is. */
    void settle() {
        boolean isSettled = false;
        while (!isSettled) {
            Set<String> accepted = accepted();
            Map<String, List<Mistake>> found = mistakes(accepted);
            if (found.isEmpty()) {
                unmet(accepted).ifPresent(mistake -> found.put(mistake.file(), List.of(mistake)));
            }
            found.forEach(this::reject);
            isSettled = found.isEmpty();
        }
    }

    /** The changed files that are right. */
    Set<String> accepted() {
        Set<String> accepted = new TreeSet<>(changed.keySet());
        accepted.removeAll(rejected.keySet());
        return accepted;
    }

    /** The others, and why. */
    Map<String, List<Mistake>> rejected() {
        return rejected;
    }

    /** Missing files all of whose flows are in files that have changed: they were renamed. */
    Set<String> moved() {
        Set<String> moved = new TreeSet<>();
        Set<Name> elsewhere = new HashSet<>();
        for (String path : accepted()) {
            elsewhere.addAll(defined(units(path, Objects.requireNonNull(changed.get(path)))));
        }
        for (String path : missing) {
            Content content = good.get(path);
            Set<Name> names = content == null ? Set.of() : defined(units(path, content));
            if (!names.isEmpty() && elsewhere.containsAll(names)) {
                moved.add(path);
            }
        }
        return moved;
    }

    /** What each file would be. */
    Map<String, Content> target() {
        Map<String, Content> target = new TreeMap<>(good);
        moved().forEach(target::remove);
        removed.stream().filter(path -> !rejected.containsKey(path)).forEach(target::remove);
        changed.forEach((path, content) -> {
            if (!rejected.containsKey(path)) {
                target.put(path, content);
            }
        });
        return target;
    }

    /** All of it that would run, in the order in which it is started. */
    List<Unit> wanted() {
        List<Unit> wanted = new ArrayList<>();
        Map<String, Content> target = target();
        target.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparingInt(FlowPath::rank).thenComparing(Comparator.naturalOrder())))
                .forEach(file -> wanted.addAll(units(file.getKey(), file.getValue())));
        return wanted;
    }

    private Map<String, List<Mistake>> mistakes(Set<String> accepted) {
        Map<String, List<Mistake>> found = new TreeMap<>();
        Set<String> unchecked = new TreeSet<>(accepted);
        unchecked.removeAll(trusted);
        if (unchecked.isEmpty()) {
            return found;
        }
        Map<String, byte[]> all = new TreeMap<>();
        target().forEach((path, content) -> all.put(path, content.bytes()));
        for (Mistake mistake : check.check(all, unchecked)) {
            if (unchecked.contains(mistake.file())) {
                found.computeIfAbsent(mistake.file(), path -> new ArrayList<>()).add(mistake);
            }
        }
        return found;
    }

    /** A policy, template or flow that others use and that would not be there any more. */
    private Optional<Mistake> unmet(Set<String> accepted) {
        Set<Name> lost = new HashSet<>();
        Map<Name, String> owners = new HashMap<>();
        Set<String> touched = new TreeSet<>(accepted);
        removed.stream().filter(path -> !rejected.containsKey(path)).forEach(touched::add);
        for (String path : touched) {
            Content before = good.get(path);
            for (Name name : before == null ? Set.<Name>of() : defined(units(path, before))) {
                lost.add(name);
                owners.put(name, path);
            }
        }
        List<Unit> wanted = wanted();
        wanted.forEach(unit -> lost.removeAll(unit.defines()));
        lost.removeIf(name -> name.kind() == Kind.FLOW);
        for (Unit unit : wanted) {
            for (Name used : unit.uses()) {
                for (Name name : lost) {
                    if (used.means(name)) {
                        return Optional.of(unmet(owners.getOrDefault(name, unit.path()), name, unit.path()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Mistake unmet(String path, Name name, String user) {
        String what =
                switch (name.kind()) {
                    case POLICY -> "the policy ";
                    case TEMPLATE -> "the template ";
                    case DIRECT -> "direct:";
                    case FLOW -> "the flow ";
                };
        return new Mistake(
                path,
                0,
                0,
                Mistake.Code.UNKNOWN_FLOW,
                what + name.name() + " is not there any more, and " + user + " uses it",
                "keep it, or change " + user + " first",
                "");
    }

    private static Set<Name> defined(List<Unit> units) {
        Set<Name> names = new HashSet<>();
        units.forEach(unit -> names.addAll(unit.defines()));
        return names;
    }

    private List<Unit> units(String path, Content content) {
        // Of one that cannot be read there are none: the check tells it, and a file that nobody checks was readable
        // before.
        return units.computeIfAbsent(path + " " + content.id(), key -> ahead.units(path, content));
    }
}
