package org.caravanhub.flow.check;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.caravanhub.flow.FlowCheck;
import org.caravanhub.flow.FlowDocument;
import org.caravanhub.flow.Mistake;
import org.caravanhub.flow.NotReadable;
import org.caravanhub.text.Hidden;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The check of flow files: reads them, walks through them, and holds what it found against what there is. A file without a mistake
 * is then built by Camel itself, from components that do nothing. Safe for use by several threads; one check runs at a time.
 */
public final class Checker implements FlowCheck {
    private final Known known;
    /** Files that nobody changed are walked through once. Given back when memory is short. */
    private SoftReference<Map<String, Read>> walked = new SoftReference<>(Map.of());

    private record Read(byte[] bytes, Outline outline) {}

    /** @param known what flows may refer to */
    public Checker(Known known) {
        this.known = known;
    }

    @Override
    public synchronized List<Mistake> check(Map<String, byte[]> files, Set<String> changed) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, Outline> outlines = outlines(files, changed, mistakes);
        Placeholders placeholders = new Placeholders(known);
        Names names = new Names(outlines.values(), placeholders);
        Beans beans = new Beans(known);
        Endpoints endpoints = new Endpoints(known, placeholders, beans);
        Reach reach = new Reach(beans);
        try (Scratch scratch = new Scratch(known)) {
            Expressions expressions = new Expressions(scratch, placeholders);
            outlines.forEach((path, outline) -> {
                if (changed.contains(path)) {
                    Consumer<Mistake> add = mistakes::add;
                    outline.mistakes().forEach(add);
                    placeholders.check(outline, add);
                    endpoints.check(outline, add);
                    beans.check(outline, add);
                    Set<ScalarNode> wrong = reach.check(outline, add);
                    expressions.check(outline, wrong, add);
                    names.check(outline, add);
                }
            });
            if (mistakes.isEmpty()) {
                // Not before: of a file that cannot be read, nobody knows what is in it.
                outlines.forEach((path, outline) -> names.links(outline, mistakes::add));
            }
            if (mistakes.isEmpty()) {
                new DryRun(scratch).of(outlines, changed, mistakes::add);
            }
        }
        return mistakes.stream()
                .map(Checker::withoutSecrets)
                .distinct()
                .sorted(Comparator.comparing(Mistake::file)
                        .thenComparing(Mistake::line)
                        .thenComparing(Mistake::column))
                .toList();
    }

    /** A value that a placeholder stands for may be a password. */
    private static Mistake withoutSecrets(Mistake mistake) {
        return new Mistake(
                mistake.file(),
                mistake.line(),
                mistake.column(),
                mistake.code(),
                Hidden.in(mistake.message()),
                Hidden.in(mistake.hint()),
                mistake.excerpt());
    }

    /** Those that nobody changed come first: an id that two have is theirs. */
    private Map<String, Outline> outlines(Map<String, byte[]> files, Set<String> changed, List<Mistake> mistakes) {
        List<String> paths = new ArrayList<>();
        new TreeSet<>(files.keySet())
                .stream().filter(path -> !changed.contains(path)).forEach(paths::add);
        new TreeSet<>(changed).stream().filter(files::containsKey).forEach(paths::add);
        Map<String, Outline> outlines = new LinkedHashMap<>();
        Map<String, Read> before = Optional.ofNullable(walked.get()).orElse(Map.of());
        Map<String, Read> after = new HashMap<>();
        for (String path : paths) {
            byte[] bytes = files.get(path);
            if (bytes == null) {
                continue;
            }
            try {
                Read same = before.get(path);
                Outline outline = same != null && Arrays.equals(same.bytes(), bytes)
                        ? same.outline()
                        : Walk.through(FlowDocument.read(path, bytes), Grammar.ofCamel());
                outlines.put(path, outline);
                after.put(path, new Read(bytes, outline));
            } catch (NotReadable e) {
                if (changed.contains(path)) {
                    mistakes.add(e.mistake());
                }
            }
        }
        walked = new SoftReference<>(after);
        return outlines;
    }
}
