package org.caravanhub.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravanhub.flow.TestFlows.flow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How editors and git write, and what they leave beside the file. */
class FolderWatchTest {
    @TempDir
    Path folder;

    @Test
    void aSaveByRenameInANewFolderIsNoticedAndWhatEditorsLeaveIsNot() throws Exception {
        try (TestFlows hub = new TestFlows(folder)) {
            hub.write("a.camel.yaml", flow("a", "1"));
            hub.start();

            Path users = Files.createDirectories(hub.routes.resolve("users/more"));
            for (String name : new String[] {
                ".lamp.camel.yaml.swp", "lamp.camel.yaml~", ".#lamp.camel.yaml", "4913", "#lamp.camel.yaml#", "x.tmp"
            }) {
                Files.writeString(users.resolve(name), "nonsense");
            }
            Path beside = Files.writeString(users.resolve(".lamp.new"), flow("lamp", "on"));
            Files.move(beside, users.resolve("lamp.camel.yaml"), StandardCopyOption.ATOMIC_MOVE);

            hub.await("it runs", () -> hub.ask("lamp").equals("on"));
            assertThat(hub.flows.files()).hasSize(2);
            assertThat(hub.mistakes()).isEmpty();
        }
    }

    @Test
    void aFolderThatIsAwayStopsNothingAndIsThereAgain() throws Exception {
        try (TestFlows hub = new TestFlows(folder)) {
            hub.write("users/a.camel.yaml", flow("a", "1"));
            hub.start();

            Path away = Files.move(hub.routes, folder.resolve("away"));
            hub.await("it is missed", () -> {
                hub.flows.lookNow();
                return hub.mistakes().size() == 1;
            });
            assertThat(hub.ask("a")).isEqualTo("1");

            Files.move(away, hub.routes);
            hub.await("it is back", () -> {
                hub.flows.lookNow();
                return hub.mistakes().isEmpty();
            });
            assertThat(hub.ask("a")).isEqualTo("1");
        }
    }

    @Test
    void anotherFolderHasOtherFiles() throws Exception {
        try (TestFlows hub = new TestFlows(folder)) {
            hub.write("a.camel.yaml", flow("a", "1"));
            hub.start();
            hub.flows.lookNow();

            hub.moveTo(Files.createDirectories(folder.resolve("new-routes")));
            hub.restart();

            assertThat(hub.flows.files()).isEmpty();
        }
    }
}
