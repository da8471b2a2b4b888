package org.caravanhub.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.caravanhub.ota.image.Image;
import org.caravanhub.ota.image.ImageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The image of the demo is one that a real ESP32 would take for a program. */
class DemoImageTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 1024, 4097, 65_536})
    void anImageIsWholeWhateverItsSize(int size) throws Exception {
        Path file = Files.write(folder.resolve("image.bin"), DemoImage.of("demo-node", "1.1.0", size));

        assertThat(ImageReader.read(file)).isInstanceOfSatisfying(Image.class, image -> {
            assertThat(image.toString()).contains("demo-node", "1.1.0", "ESP32");
        });
    }

    @Test
    void theSameIsTheSame() {
        assertThat(DemoImage.of("a", "1", 5000))
                .isEqualTo(DemoImage.of("a", "1", 5000))
                .isNotEqualTo(DemoImage.of("a", "2", 5000));
    }
}
