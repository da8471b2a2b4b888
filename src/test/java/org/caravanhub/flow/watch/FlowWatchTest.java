package org.caravanhub.flow.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravanhub.Await;
import org.caravanhub.exchange.Notes;
import org.caravanhub.exchange.Shown;
import org.caravanhub.flow.FlowState;
import org.caravanhub.flow.Flows;
import org.caravanhub.flow.Hub;
import org.caravanhub.flow.LoadedFlows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen of a flow while it works, and when it does not. */
class FlowWatchTest {
    private static final String POLICY = """
            - routeConfiguration:
                id: forgive
                description: What fails is forgotten.
                onException:
                  - onException:
                      id: forgive-failed
                      exception:
                        - java.lang.Exception
                      handled:
                        constant:
                          expression: "true"
                      steps:
                        - setBody:
                            id: say-sorry
                            constant:
                              expression: sorry
            """;
    private static final String SORT = """
            - route:
                id: sort-out
                group: test
                description: Long words go one way.
                routeConfigurationId: forgive
                from:
                  id: word-came
                  uri: direct:sort-out
                  steps:
                    - choice:
                        id: by-length
                        when:
                          - id: is-long
                            simple:
                              expression: ${body.length} > 5
                            steps:
                              - bean:
                                  id: refuse-long
                                  ref: refusal
                                  method: refuse
                        otherwise:
                          id: is-short
                          steps:
                            - to:
                                id: call-pass-on
                                uri: direct:pass-on
                    - setBody:
                        id: say-thanks
                        constant:
                          expression: thanks
            - route:
                id: pass-on
                description: Does nothing much.
                from:
                  uri: direct:pass-on
                  steps:
                    - split:
                        id: by-letter
                        tokenize:
                          token: ","
                        steps:
                          - setHeader:
                              id: mark-letter
                              name: letter
                              simple:
                                expression: ${body}
            """;

    @TempDir
    Path folder;

    private final CamelContext camel = new DefaultCamelContext();
    private final FlowWatch watch = new FlowWatch();
    private Flows files;
    private FlowBoard board;
    private ProducerTemplate send;
    private final CountDownLatch release = new CountDownLatch(1);

    public static final class Refusal {
        public void refuse() {
            throw new IllegalStateException("too long");
        }
    }

    @BeforeEach
    void start() throws Exception {
        Path routes = Files.createDirectories(folder.resolve("test"));
        Files.writeString(Files.createDirectories(folder.resolve("shared")).resolve("forgive.camel.yaml"), POLICY);
        Files.writeString(routes.resolve("sort-out.camel.yaml"), SORT);
        Files.writeString(routes.resolve("broken.camel.yaml"), "- route:\n    id: broken\n    from: [");
        files = LoadedFlows.in(folder);
        board = new FlowBoard(watch, files::files, id -> id.equals("pass-on"));
        camel.setSourceLocationEnabled(true);
        camel.getRegistry().bind("refusal", new Refusal());
        camel.getRegistry().bind("sleeper", new Sleeper(release));
        camel.start();
        watch.attachTo(camel);
        files.start(camel, Hub.NONE, change -> {});
        send = camel.createProducerTemplate();
    }

    /** Waits until it is let go of. */
    public static final class Sleeper {
        private final CountDownLatch release;

        Sleeper(CountDownLatch release) {
            this.release = release;
        }

        public void sleep() throws InterruptedException {
            release.await();
        }
    }

    @AfterEach
    void stop() {
        release.countDown();
        watch.close();
        camel.stop();
    }

    @Test
    void aFailureIsSeenAtItsStepAlthoughThePolicyTookCareOfIt() {
        send.requestBody("direct:sort-out", "abc");
        Object answer = send.requestBody("direct:sort-out", "abcdefg");

        FlowView flow = board.find("sort-out").orElseThrow();
        FlowFigures figures = flow.figures().orElseThrow();
        assertThat(answer).isEqualTo("sorry");
        assertThat(flow.state()).isEqualTo(FlowState.FAILING);
        assertThat(figures.exchanges()).isEqualTo(2);
        assertThat(figures.failed()).isEqualTo(1);
        assertThat(figures.inFlight()).isZero();
        assertThat(figures.step("by-length").exchanges()).isEqualTo(2);
        assertThat(figures.step("refuse-long").failed()).isEqualTo(1);
        assertThat(figures.step("by-length").failed()).isZero();
        assertThat(figures.step("say-thanks").exchanges()).isEqualTo(1);
        assertThat(flow.trouble().orElseThrow().text()).isEqualTo("too long");
        assertThat(flow.place(flow.trouble().orElseThrow().line())).isEqualTo("test/sort-out.camel.yaml:17");
    }

    @Test
    void aBatchCountsAsItsMessagesAndAPartOfASplitAsOne() {
        send.request("direct:sort-out", exchange -> {
            exchange.setProperty(Notes.MESSAGES, List.of("a", "b", "c"));
            exchange.getMessage().setBody("a,b");
        });

        FlowFigures steps = board.find("sort-out").orElseThrow().figures().orElseThrow();
        FlowFigures called = board.find("pass-on").orElseThrow().figures().orElseThrow();
        assertThat(steps.step("call-pass-on").messages()).isEqualTo(3);
        assertThat(called.step("mark-letter").exchanges()).isEqualTo(2);
        assertThat(called.step("mark-letter").messages()).isEqualTo(2);
    }

    @Test
    void aFlowIsAPictureWithWaysAndCalls() {
        Picture picture = board.picture("sort-out").orElseThrow();

        assertThat(picture.nodes().stream().map(Node::id).toList())
                .containsExactly(
                        "word-came", "by-length", "is-long", "refuse-long", "is-short", "call-pass-on", "say-thanks");
        assertThat(picture.edges())
                .contains(
                        new Edge("word-came", "by-length", "next"),
                        new Edge("by-length", "is-long", "branch"),
                        new Edge("refuse-long", "say-thanks", "next"),
                        new Edge("call-pass-on", "say-thanks", "next"),
                        new Edge("call-pass-on", "pass-on", "call"));
        assertThat(picture.policy()).contains("forgive");
        assertThat(picture.nodes().get(1).line()).isEqualTo(10);
    }

    @Test
    void statesAreToldOfWhatIsPausedAndOfWhatNeverRan() {
        assertThat(board.list().stream()
                        .map(flow -> flow.id() + " " + flow.state().word())
                        .toList())
                .containsExactly("broken stopped", "pass-on paused", "sort-out running");
    }

    @Test
    void aStepThatHangsIsNamedWithItsThreadAndLetsGoWhenItIsGivenUp() throws Exception {
        load("sleepy", """
                    - bean:
                        id: sleep-for-ever
                        ref: sleeper
                        method: sleep
            """);
        var answer = send.asyncRequestBody("direct:sleepy", "x");

        Await.until(
                "the flow is failing", java.time.Duration.ofSeconds(20), () -> state("sleepy") == FlowState.FAILING);
        Trouble trouble = watch.trouble("sleepy").orElseThrow();
        assertThat(trouble.hangs()).isTrue();
        assertThat(trouble.step()).isEqualTo("sleep-for-ever");
        assertThat(trouble.text()).matches("in bean for \\d+ s, on the thread .+");

        watch.giveUp("sleepy");
        assertThat(answer).failsWithin(java.time.Duration.ofSeconds(5));
        assertThat(board.find("sleepy").orElseThrow().figures().orElseThrow().inFlight())
                .isZero();
    }

    @Test
    void aLoopWithoutEndIsFailingAndEndsWhenItIsGivenUp() throws Exception {
        load("busy", """
                    - loop:
                        id: turn-for-ever
                        doWhile: true
                        simple:
                          expression: "true"
                        steps:
                          - setBody:
                              id: set-turn
                              constant:
                                expression: x
            """);
        var answer = send.asyncRequestBody("direct:busy", "x");

        Await.until("the flow is failing", java.time.Duration.ofSeconds(20), () -> state("busy") == FlowState.FAILING);
        assertThat(watch.trouble("busy").orElseThrow().step()).isEqualTo("turn-for-ever");

        watch.giveUp("busy");
        assertThat(answer).failsWithin(java.time.Duration.ofSeconds(5));
    }

    @Test
    void aTraceShowsWhatEachStepDidAndEndsByItself() {
        Traces traces = new Traces(watch, new Shown(text -> text.replace("hunter22", "***")));
        String id = traces.begin("sort-out", 1).orElseThrow();
        send.requestBodyAndHeader("direct:sort-out", "abcdefg", "note", "say hunter22");
        send.requestBody("direct:sort-out", "not traced");

        Trace trace = traces.show(id, 0).orElseThrow();
        assertThat(trace.isOver()).isTrue();
        assertThat(trace.steps().stream().map(TracedStep::step).toList()).containsExactly("refuse-long", "by-length");
        assertThat(trace.steps().get(0).error()).contains("too long");
        assertThat(trace.steps().get(0).bodyBefore()).isEqualTo("abcdefg");
        assertThatThrownBy(() -> traces.begin("nothing", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private void load(String id, String steps) throws IOException {
        Path other = folder.resolve("other-" + id);
        Files.createDirectories(other.resolve("test"));
        Files.writeString(
                other.resolve("test").resolve(id + ".camel.yaml"),
                "- route:\n    id: " + id + "\n    description: Test.\n    from:\n      uri: direct:" + id
                        + "\n      steps:\n" + steps);
        LoadedFlows.start(LoadedFlows.in(other), camel);
    }

    private FlowState state(String id) {
        return board.find(id).orElseThrow().state();
    }
}
