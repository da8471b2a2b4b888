package org.caravanhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.caravanhub.api.TestHub;
import org.caravanhub.broker.TestMosquitto;
import org.caravanhub.mqtt.MqttComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow of one's own is begun on the command line; nothing that is there is overwritten. */
class FlowNewTest {
    @TempDir
    Path folder;

    private final TestMosquitto broker = TestMosquitto.open();
    private TestHub hub;
    private HubCommands caravan;

    @BeforeEach
    void start() throws Exception {
        broker.start();
        hub = new TestHub(folder);
        MqttComponent mqtt = new MqttComponent(Clock.systemUTC());
        mqtt.setBrokerUrl(broker.url());
        hub.camel().addComponent("mqtt", mqtt);
        caravan = new HubCommands(folder, hub.port());
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
        broker.close();
    }

    @Test
    void aRecipeIsPickedAndRunsTwiceUnderTwoNames() throws Exception {
        assertThat(caravan.run("flow", "new")).isZero();
        assertThat(caravan.out())
                .contains("empty\t\tWhat comes on a topic", "daily-report\t{{secret:mail-password}}\t")
                .contains("forward-influx\tcaravan.influx.url, {{secret:influx-token}}\t");
        assertThat(caravan.err()).contains("caravan flow new RECIPE");

        assertThat(caravan.run("flow", "new", "empty")).as(caravan.err()).isZero();
        assertThat(caravan.out()).contains("my/empty.camel.yaml is made, and its flow my-empty runs.");
        assertThat(caravan.err()).contains("caravan flow show my-empty", "routes/my/empty.camel.yaml");
        assertThat(caravan.run("flow", "new", "empty", "house/lamp")).isZero();
        assertThat(caravan.out()).contains("house/lamp.camel.yaml is made, and its flow lamp runs.");
        assertThat(caravan.run("flow", "new", "empty", "house/door", "--id", "front-door", "--json"))
                .isZero();
        assertThat(caravan.out()).contains("\"state\":\"running\"", "\"flows\":[\"front-door\"]");

        assertThat(caravan.run("flow", "show", "lamp")).isZero();
        assertThat(caravan.out()).contains("heard-lamp", "write-log-lamp");
        assertThat(folder.resolve("routes/house/lamp.camel.yaml")).content().startsWith("# A beginning");
    }

    @Test
    void aFileThatIsThereIsLetAlone() throws Exception {
        assertThat(caravan.run("flow", "new", "empty")).isZero();
        Path file = folder.resolve("routes/my/empty.camel.yaml");
        String mine = Files.readString(file).replace("my/#", "mine/#");
        Files.writeString(file, mine);

        assertThat(caravan.run("flow", "new", "empty")).isEqualTo(ExitCode.CONFLICT);
        assertThat(caravan.err())
                .contains("there is a flow file my/empty.camel.yaml already")
                .contains("caravan flow new empty my/empty-2");
        assertThat(file).hasContent(mine);

        assertThat(caravan.run("flow", "new", "empty", "my/other", "--id", "my-empty"))
                .isEqualTo(ExitCode.INVALID);
        assertThat(caravan.out()).contains("my/other.camel.yaml:", "the id \"my-empty\" is used by my/empty");
        assertThat(caravan.err()).contains("nothing was written", "--id ANOTHER");
        assertThat(folder.resolve("routes/my/other.camel.yaml")).doesNotExist();
    }

    @Test
    void aSlipOfTheFingersIsToldAndMakesNothing() {
        assertThat(caravan.run("flow", "new", "forst")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(caravan.err())
                .contains("There is no recipe \"forst\" – did you mean \"frost\"?", "caravan flow new");
        assertThat(caravan.run("flow", "new", "Frosty Night")).isEqualTo(ExitCode.INVALID);
        assertThat(caravan.run("flow", "new", "empty", "My Lamp")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("a flow file cannot be called \"My Lamp.camel.yaml\"", "use a-z");
        assertThat(caravan.run("flow", "new", "empty", "../lamp")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.run("flow", "new", "empty", "optional/lamp")).isEqualTo(ExitCode.USAGE);
        assertThat(caravan.err()).contains("caravan flow new empty my/lamp");
        assertThat(caravan.run("flow", "new", "empty", "my/lamp", "--id", "My: lamp"))
                .isEqualTo(ExitCode.INVALID);
        assertThat(folder.resolve("routes/my")).doesNotExist();
    }
}
