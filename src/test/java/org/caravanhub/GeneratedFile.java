package org.caravanhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the repository that is made from the program: the test fails when they differ. */
public final class GeneratedFile {
    private GeneratedFile() {}

    /** Compares; with {@code -Dcaravan.rewrite=true} writes instead. */
    public static void mustBe(String path, String text) throws IOException {
        Path file = Path.of(path);
        if (Boolean.getBoolean("caravan.rewrite")) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("%s is made from the program: mvn test -Dcaravan.rewrite=true writes it anew", path)
                .hasContent(text);
    }
}
