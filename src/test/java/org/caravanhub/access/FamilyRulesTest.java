package org.caravanhub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.caravanhub.broker.TopicRules;
import org.caravanhub.device.Registration.Topics;
import org.caravanhub.message.TopicFilter;
import org.caravanhub.reading.DeviceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each family's devices may say and read, and that no two of them may say the same. */
class FamilyRulesTest {
    private static final Path PAGE = Path.of("docs/reference/access.md");

    /** One device of each shape, as the page has them. */
    private static final Map<String, Topics> EXAMPLES = new TreeMap<>(Map.ofEntries(
            Map.entry("caravan", new Topics("caravan", "", "")),
            Map.entry("paku", new Topics("paku", "", "")),
            Map.entry("paku, site `paku`, system `heater`", new Topics("paku", "paku", "heater")),
            Map.entry("paku, system `ruuvi`", new Topics("paku", "paku", "ruuvi")),
            Map.entry("alona", new Topics("alona", "", "")),
            Map.entry("iot, site `cottage`: a gateway", new Topics("iot", "cottage", "")),
            Map.entry("iot, site `cottage`, system `gw-01`: a sensor", new Topics("iot", "cottage", "gw-01")),
            Map.entry("esphome", new Topics("esphome", "", "")),
            Map.entry("ruuvi", new Topics("ruuvi", "", "")),
            Map.entry("ecoflow: a bridge", new Topics("ecoflow", "", "")),
            Map.entry("http", new Topics("http", "", ""))));

    @Test
    void thePageSaysWhatTheRulesSay() throws IOException {
        String page = Files.readString(PAGE);
        for (Map.Entry<String, Topics> example : EXAMPLES.entrySet()) {
            TopicRules rules = FamilyRules.of("ID", example.getValue());
            String row = "| " + example.getKey() + " | " + cell(rules.publish()) + " | " + cell(own(rules.subscribe()))
                    + " |";
            assertThat(page).contains(row);
        }
        assertThat(page).contains("Every device reads " + cell(TopicRules.COMMON.subscribe()));
        assertThat(EXAMPLES.values().stream().map(Topics::family).distinct())
                .containsExactlyInAnyOrderElementsOf(FamilyRules.FAMILIES);
    }

    /** What every device may read is told once. */
    private static List<TopicFilter> own(List<TopicFilter> filters) {
        return filters.stream()
                .filter(filter -> !TopicRules.COMMON.subscribe().contains(filter))
                .toList();
    }

    private static String cell(List<TopicFilter> filters) {
        return filters.isEmpty()
                ? "–"
                : filters.stream().map(filter -> "`" + filter + "`").collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "caravan, '', '', caravan/hut/telemetry, caravan/hut/cmd",
        "caravan, '', '', caravan/hut/event/door, caravan/hut/config/set",
        "paku, paku, heater, paku/heater/hut/data, paku/heater/hut/cmd",
        "paku, paku, heater, paku/edge/hut/status, paku/edge/hut/cmd/ota",
        "paku, '', '', paku/hut/telemetry, paku/hut/cmd",
        "alona, '', '', alona/hut/telemetry/temperature, alona/hut/cmd",
        "iot, cottage, '', iot/cottage/hut/greenhouse/bme280-1/temperature, iot/cottage/hut/greenhouse/bme280-1/commands",
        "iot, cottage, '', iot/cottage/hut/_gateway/status, iot/cottage/hut/commands",
        "iot, cottage, gw-01, iot/cottage/gw-01/greenhouse/hut/temperature, iot/cottage/gw-01/greenhouse/hut/commands",
        "esphome, '', '', hut/sensor/outside_temperature/state, hut/switch/pump/command",
    })
    void aDeviceSaysWhatItsFamilySaysAndHearsItsCommands(
            String family, String site, String system, String says, String hears) {
        TopicRules rules = FamilyRules.of("hut", new Topics(family, site, system));

        assertThat(rules.mayPublish(says)).isTrue();
        assertThat(rules.maySubscribe(hears)).isTrue();
        assertThat(rules.mayPublish(says.replace("hut", "mast"))).isFalse();
        assertThat(rules.maySubscribe(hears.replace("hut", "mast"))).isFalse();
        for (String greedy : List.of("#", "+/#", "+/+/cmd", "$SYS/#", "$CONTROL/#", "$share/x/#")) {
            assertThat(rules.maySubscribe(greedy)).as(greedy).isFalse();
            assertThat(rules.mayPublish(greedy.replace("+", "x").replace("#", "x")))
                    .as(greedy)
                    .isFalse();
        }
    }

    @Test
    void aRuuviGatewayIsCalledByItsAddressWithColons() {
        TopicRules rules = FamilyRules.of("AABBCCDDEEFF", new Topics("ruuvi", "", ""));
        assertThat(rules.mayPublish("ruuvi/AA:BB:CC:DD:EE:FF/gw_status")).isTrue();
        assertThat(rules.mayPublish("ruuvi/AA:BB:CC:DD:EE:FF/C8:25:2D:8E:9C:2C"))
                .isTrue();
        assertThat(rules.mayPublish("ruuvi/11:22:33:44:55:66/gw_status")).isFalse();
    }

    /** Whoever is let in may say nothing that another could be taken for. */
    @Test
    void noIdAndNoPlaceMakesSomebodyTheOwnerOfOthersTopics() {
        List<String> words = List.of(
                "hut",
                "caravan",
                "paku",
                "alona",
                "iot",
                "ruuvi",
                "event",
                "cmd",
                "config",
                "edge",
                "ota",
                "telemetry",
                "status",
                "data",
                "state");
        for (String id : words) {
            for (String site : words) {
                for (String system : words) {
                    for (String family : List.of("paku", "esphome", "alona", "caravan")) {
                        Topics topics = new Topics(family, site, system);
                        if (id.equals("hut") || isRefused(id, topics)) {
                            continue;
                        }
                        List<String> topicsOfHut = List.of(
                                "caravan/hut/telemetry",
                                "caravan/hut/status",
                                "caravan/hut/event/x",
                                "caravan/hut/event/data",
                                "caravan/hut/event/state",
                                "caravan/hut/config/report",
                                "caravan/hut/cmd/ack",
                                "alona/hut/telemetry/x",
                                "alona/hut/telemetry/state",
                                "alona/hut/event/state",
                                "alona/hut/status",
                                "paku/hut/telemetry",
                                "paku/hut/state",
                                "paku/hut/event/state",
                                "paku/hut/event/data",
                                "iot/cottage/hut/a/b/state");
                        TopicRules rules = FamilyRules.of(id, topics);
                        assertThat(topicsOfHut).as("%s of %s", id, topics).noneMatch(rules::mayPublish);
                    }
                }
            }
        }
        assertThat(Stream.of("~2", "ID~2")).noneMatch(DeviceId::isValid);
        assertThatThrownBy(() -> FamilyRules.of("hut", new Topics("zigbee", "", "")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean isRefused(String id, Topics topics) {
        try {
            FamilyRules.check(id, topics);
            return false;
        } catch (Refused e) {
            return true;
        }
    }
}
