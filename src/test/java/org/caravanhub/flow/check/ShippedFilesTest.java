package org.caravanhub.flow.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.caravanhub.flow.Mistake;
import org.caravanhub.flow.recipe.Recipe;
import org.caravanhub.flow.recipe.Recipes;
import org.junit.jupiter.api.Test;

/** What the hub is shipped with passes the check that users' flows have to pass. */
class ShippedFilesTest {
    @Test
    void everyShippedFlowIsRight() throws IOException {
        Map<String, byte[]> shipped = TestFlows.shipped();

        assertThat(new Checker(TestFlows.known())
                        .check(shipped, shipped.keySet()).stream().map(Mistake::text))
                .isEmpty();
    }

    /** Taken twice, and beside the one that it was made of. */
    @Test
    void everyRecipeIsRightUnderIdsOfItsOwn() throws IOException {
        Map<String, byte[]> files = TestFlows.shipped();
        Set<String> taken = new TreeSet<>();
        for (Recipe recipe : Recipes.all()) {
            for (String id : List.of("my-" + recipe.name(), recipe.name() + "-2")) {
                files.put("my/" + id + ".camel.yaml", recipe.as(id).text().getBytes(StandardCharsets.UTF_8));
                taken.add("my/" + id + ".camel.yaml");
            }
        }

        assertThat(new Checker(TestFlows.known()).check(files, taken).stream().map(Mistake::text))
                .isEmpty();
    }
}
