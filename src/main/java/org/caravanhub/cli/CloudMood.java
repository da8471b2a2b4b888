package org.caravanhub.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.caravanhub.ecoflow.fake.Mood;
import org.caravanhub.text.Nearest;
import org.caravanhub.text.Quoted;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the demo's cloud answers, by its word. */
final class CloudMood implements ITypeConverter<Mood>, Iterable<String> {
    private static final List<String> WORDS =
            Arrays.stream(Mood.values()).map(Mood::word).toList();

    @Override
    public Mood convert(String text) {
        return Arrays.stream(Mood.values())
                .filter(mood -> mood.word().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(Quoted.of(text) + " is no way to answer"
                        + Nearest.to(text, WORDS)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; one of " + String.join(", ", WORDS))));
    }

    @Override
    public Iterator<String> iterator() {
        return WORDS.iterator();
    }
}
