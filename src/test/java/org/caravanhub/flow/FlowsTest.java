package org.caravanhub.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravanhub.flow.TestFlows.flow;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an edit of a flow file does, and what it does not. */
final class FlowsTest {
    @TempDir
    Path folder;

    @Test
    void aBrokenFileDoesNotRunAndTheOthersDo() throws Exception {
        try (TestFlows hub = new TestFlows(folder, "wanted")) {
            hub.write("reading/good.camel.yaml", flow("good", "yes"));
            hub.write("reading/unclosed.camel.yaml", "- route:\n    id: \"unclosed\n    from:\n");
            hub.write("reading/unknown-component.camel.yaml", """
                    - route:
                        id: unknown
                        from:
                          uri: nowhere:at-all
                          steps: []
                    """);
            hub.write("reading/not-a-flow.txt", "ignored");
            hub.write("optional/wanted.camel.yaml", flow("wanted", "yes"));
            hub.write("optional/unwanted.camel.yaml", flow("unwanted", "no"));
            hub.write("users/impostor.camel.yaml", flow("good", "impostor"));
            hub.write("users/bomb.camel.yaml", "- a: &a [x]\n- b: [" + "*a,".repeat(200) + "*a]\n");
            hub.write("users/Bad Name.camel.yaml", flow("bad-name", "no"));
            Files.createSymbolicLink(
                    hub.routes.resolve("users/elsewhere.camel.yaml"),
                    Files.writeString(folder.resolve("elsewhere.camel.yaml"), flow("elsewhere", "no")));

            hub.start();

            assertThat(hub.camel.getRoutes().stream().map(Route::getRouteId))
                    .containsExactlyInAnyOrder("good", "wanted");
            assertThat(hub.mistakes())
                    .anySatisfy(mistake -> assertThat(mistake).startsWith("reading/unclosed.camel.yaml:"))
                    .anySatisfy(mistake -> assertThat(mistake)
                            .startsWith("reading/unknown-component.camel.yaml:1")
                            .contains("nowhere"))
                    .anySatisfy(mistake -> assertThat(mistake).contains("the id \"good\" is used by"))
                    .anySatisfy(mistake -> assertThat(mistake).contains("Bad Name"))
                    .anySatisfy(mistake -> assertThat(mistake).contains("a link to a file outside"));
        }
    }

    @Test
    void anEditRunsWithinAMomentAndItsNeighboursAreNotTouched() throws Exception {
        try (TestFlows hub = new TestFlows(folder)) {
            Path file = hub.write("two.camel.yaml", flow("first", "1") + flow("second", "2"));
            hub.write("other.camel.yaml", flow("other", "3"));
            hub.start();
            Route first = hub.route("first");
            Route other = hub.route("other");

            Files.writeString(file, flow("first", "1") + flow("second", "two") + flow("third", "3"));

            hub.await("the edit runs", () -> hub.ask("second").equals("two"));
            assertThat(hub.ask("third")).isEqualTo("3");
            assertThat(hub.route("first")).isSameAs(first);
            assertThat(hub.route("other")).isSameAs(other);

            Files.writeString(file, "# a comment\n" + flow("first", "1"));

            hub.await("the others of the file are gone", () -> hub.route("third") == null);
            assertThat(hub.ask("first")).isEqualTo("1");
            assertThat(hub.camel.getRoutes()).hasSize(2);
        }
    }

    @Test
    void aBadEditIsToldAndTheLastGoodVersionRunsOverARestartToo() throws Exception {
        try (TestFlows hub = new TestFlows(folder)) {
            Path file = hub.write("lamp.camel.yaml", flow("lamp", "on"));
            hub.start();
            Route lamp = hub.route("lamp");

            Files.writeString(file, "- route:\n    id: \"lamp\n");
            hub.await("it is rejected", () -> hub.state("lamp.camel.yaml") == FlowFile.State.REJECTED);

            assertThat(hub.mistakes()).singleElement().asString().startsWith("lamp.camel.yaml:");
            assertThat(hub.route("lamp")).isSameAs(lamp);

            hub.restart();
            assertThat(hub.ask("lamp")).isEqualTo("on");
            assertThat(hub.state("lamp.camel.yaml")).isEqualTo(FlowFile.State.REJECTED);

            Files.writeString(file, flow("lamp", "off"));
            hub.await("the next good save cures it", () -> hub.ask("lamp").equals("off"));
            assertThat(hub.mistakes()).isEmpty();
        }
    }

    @Test
    void whatCamelRefusesAfterTheCheckIsTakenBack() throws Exception {
        try (TestFlows hub = new TestFlows(folder)) {
            Path file = hub.write("lamp.camel.yaml", flow("lamp", "on"));
            hub.start();
            int endpoints = hub.camel.getEndpoints().size();

            Files.writeString(file, flow("lamp", "off") + """
                    - route:
                        id: fan
                        from:
                          uri: direct:fan
                          steps:
                            - to:
                                uri: direct:x
                            - to:
                                uri: fanatic:nothing
                    """);
            hub.await("it is rejected", () -> hub.state("lamp.camel.yaml") == FlowFile.State.REJECTED);

            assertThat(hub.ask("lamp")).isEqualTo("on");
            assertThat(hub.route("fan")).isNull();
            assertThat(hub.mistakes()).singleElement().asString().contains("fanatic");
            assertThat(hub.camel.getEndpoints()).hasSize(endpoints);
        }
    }

    @Test
    void aDeletedFileRunsOnUntilItIsRemovedOrRestored() throws Exception {
        try (TestFlows hub = new TestFlows(folder)) {
            Path lamp = hub.write("lamp.camel.yaml", flow("lamp", "on"));
            Path fan = hub.write("fan.camel.yaml", flow("fan", "on"));
            hub.start();

            Files.delete(lamp);
            Files.delete(fan);
            hub.await("both are missed", () -> hub.mistakes().size() == 2);
            hub.restart();

            assertThat(hub.ask("lamp") + hub.ask("fan")).isEqualTo("onon");
            assertThat(hub.mistakes()).allSatisfy(mistake -> assertThat(mistake)
                    .contains("`caravan flow restore ")
                    .contains("`caravan flow remove "));

            hub.flows.restore("lamp.camel.yaml", Optional.empty(), "admin");
            hub.flows.remove("fan.camel.yaml", new Expected.Anything(), "admin");

            assertThat(lamp).hasContent(flow("lamp", "on"));
            assertThat(hub.route("fan")).isNull();
            assertThat(hub.mistakes()).isEmpty();
            hub.restart();
            assertThat(hub.ask("lamp") + hub.ask("fan")).isEqualTo("on");
        }
    }

    @Test
    void aRenamedFileIsNoDeletion() throws Exception {
        try (TestFlows hub = new TestFlows(folder)) {
            Path file = hub.write("lamp.camel.yaml", flow("lamp", "on"));
            hub.start();
            Route lamp = hub.route("lamp");

            Files.createDirectories(hub.routes.resolve("light"));
            Files.move(file, hub.routes.resolve("light/lamp.camel.yaml"));

            hub.await(
                    "it is known by its new name",
                    () -> hub.flows.file("light/lamp.camel.yaml").isPresent());
            hub.await(
                    "it is not missed", () -> hub.flows.file("lamp.camel.yaml").isEmpty());
            assertThat(hub.mistakes()).isEmpty();
            assertThat(hub.route("lamp")).isSameAs(lamp);
            assertThat(hub.restart().mistakes()).isEmpty();
        }
    }

    @Test
    void idsThatMoveBetweenFilesInOneCheckoutAreNoDuplicates() throws Exception {
        try (TestFlows hub = new TestFlows(folder)) {
            hub.write("a.camel.yaml", flow("one", "1"));
            hub.write("b.camel.yaml", flow("two", "2"));
            hub.start();

            hub.write("a.camel.yaml", flow("two", "22"));
            hub.write("b.camel.yaml", flow("one", "11"));

            hub.await("they have changed places", () -> (hub.ask("one") + hub.ask("two")).equals("1122"));
            assertThat(hub.mistakes()).isEmpty();
        }
    }

    @Test
    void aChangeOfAPolicyReachesTheFlowsThatUseIt() throws Exception {
        String policy = """
                - routeConfiguration:
                    id: calm
                    onException:
                      - onException:
                          exception: [java.lang.Exception]
                          handled: {constant: {expression: "true"}}
                          steps:
                            - setBody: {expression: {constant: {expression: %s}}}
                """;
        String failing = """
                - route:
                    id: failing
                    routeConfigurationId: calm
                    from:
                      uri: direct:failing
                      steps:
                        - throwException: {exceptionType: java.lang.IllegalStateException, message: no}
                """;
        try (TestFlows hub = new TestFlows(folder)) {
            Path file = hub.write("shared/calm.camel.yaml", policy.formatted("quiet"));
            hub.write("failing.camel.yaml", failing);
            hub.write("other.camel.yaml", flow("other", "1"));
            hub.start();
            Route other = hub.route("other");
            assertThat(hub.ask("failing")).isEqualTo("quiet");

            Files.writeString(file, policy.formatted("loud"));
            hub.await("the policy holds", () -> hub.ask("failing").equals("loud"));
            assertThat(hub.route("other")).isSameAs(other);

            Files.writeString(file, flow("calm-no-more", "1"));
            hub.await("it is still needed", () -> hub.mistakes().toString().contains("failing.camel.yaml uses it"));
            assertThat(hub.ask("failing")).isEqualTo("loud");
        }
    }

    @Test
    void aChangeOfATemplateReachesTheFlowsMadeOfIt() throws Exception {
        String template = """
                - routeTemplate:
                    id: answering
                    parameters:
                      - name: what
                    from:
                      uri: direct:{{what}}
                      steps:
                        - setBody: {expression: {constant: {expression: "%s {{what}}"}}}
                """;
        String use = """
                - templatedRoute:
                    routeId: bird
                    routeTemplateRef: answering
                    parameters:
                      - name: what
                        value: bird
                """;
        try (TestFlows hub = new TestFlows(folder)) {
            Path file = hub.write("shared/answering.camel.yaml", template.formatted("a"));
            hub.write("bird.camel.yaml", use);
            hub.start();
            assertThat(hub.ask("bird")).isEqualTo("a bird");

            Files.writeString(file, template.formatted("the"));

            hub.await("the template holds", () -> hub.ask("bird").equals("the bird"));
        }
    }

    @Test
    void aPausedFlowStaysSoOverAnEditAndARestart() throws Exception {
        try (TestFlows hub = new TestFlows(folder)) {
            Path file = hub.write("lamp.camel.yaml", flow("lamp", "on"));
            hub.start();

            hub.flows.pause("lamp", "admin");
            assertThat(hub.ask("lamp")).isEmpty();

            Files.writeString(file, flow("lamp", "off"));
            hub.await("the edit is applied", () -> hub.changes.stream()
                    .anyMatch(change -> change.what() == FlowChange.What.APPLIED));
            assertThat(hub.ask("lamp")).isEmpty();
            hub.restart();
            assertThat(hub.ask("lamp")).isEmpty();

            hub.flows.resume("lamp", "admin");
            assertThat(hub.ask("lamp")).isEqualTo("off");
            assertThat(hub.restart().ask("lamp")).isEqualTo("off");
        }
    }

    @Test
    void aFileIsNotWrittenThroughALinkToElsewhere(@TempDir Path elsewhere) throws Exception {
        try (TestFlows hub = new TestFlows(folder)) {
            Path file = hub.write("lamp.camel.yaml", flow("lamp", "on"));
            java.nio.file.Files.createSymbolicLink(file.resolveSibling("linked"), elsewhere);
            hub.start();

            assertThatThrownBy(() -> hub.flows.save(
                            "linked/fan.camel.yaml", bytes(flow("fan", "on")), new Expected.Anything(), "admin"))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("is a link");
            assertThat(elsewhere).isEmptyDirectory();
        }
    }

    @Test
    void aSaveIsCheckedBeforeAnythingIsWritten() throws Exception {
        try (TestFlows hub = new TestFlows(folder)) {
            Path file = hub.write("lamp.camel.yaml", flow("lamp", "on"));
            hub.start();
            String version =
                    hub.flows.file("lamp.camel.yaml").orElseThrow().found().orElseThrow();

            assertThatThrownBy(() -> hub.flows.save(
                            "lamp.camel.yaml", bytes("nonsense"), new Expected.Version(version), "admin"))
                    .isInstanceOf(Rejected.class);
            assertThat(file).hasContent(flow("lamp", "on"));
            assertThat(hub.mistakes()).isEmpty();

            FlowFile saved = hub.flows.save(
                    "lamp.camel.yaml", bytes(flow("lamp", "off")), new Expected.Version(version), "admin");
            assertThat(hub.ask("lamp")).isEqualTo("off");
            assertThat(file).hasContent(flow("lamp", "off"));

            assertThatThrownBy(() -> hub.flows.save(
                            "lamp.camel.yaml", bytes(flow("lamp", "dim")), new Expected.Version(version), "admin"))
                    .isInstanceOfSatisfying(
                            Stale.class, stale -> assertThat(stale.current()).isEqualTo(saved.found()));
            assertThat(hub.flows.history().of("lamp.camel.yaml"))
                    .extracting(one -> one.result().word() + " by " + one.who().split(" ")[0])
                    .containsExactly("applied by admin", "rejected by admin", "applied by file");
        }
    }

    @Test
    void aFileOfTheLastStartNeedsNoCheckByTheSameProgram() throws Exception {
        try (TestFlows hub = new TestFlows(folder)) {
            hub.write("lamp.camel.yaml", flow("lamp", "on"));
            Files.createDirectories(hub.routes.resolve("shared"));
            Files.copy(
                    Path.of("routes/shared/try-next-time.camel.yaml"),
                    hub.routes.resolve("shared/try-next-time.camel.yaml"));
            hub.start();
            assertThat(hub.checks.get()).isPositive();
            hub.flows.lookNow();

            assertThat(hub.restart().checks.get()).isZero();
            assertThat(hub.restart("2").checks.get()).isPositive();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
