package org.caravanhub.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.caravanhub.ecoflow.fake.FakeEcoFlowCloud;
import org.caravanhub.ecoflow.fake.Mood;

/**
 * EcoFlow's cloud on this machine with twenty stations, for {@code src/bench/ecoflow}. Prints its address; then reads moods, one a line, and
 * prints how often it was asked in the one before.
 */
public final class MoodyCloud {
    private static final int STATIONS = 20;
    private static final List<Mood> OF_THE_LIST = List.of(Mood.CROWD, Mood.OFFLINE, Mood.HOSTILE_NAMES);

    private MoodyCloud() {}

    /** See above. */
    public static void main(String[] arguments) throws Exception {
        try (FakeEcoFlowCloud cloud = new FakeEcoFlowCloud();
                BufferedReader moods =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (int i = 0; i < STATIONS; i++) {
                int number = i;
                cloud.with(
                        "BENCH" + i,
                        "DELTA 2",
                        true,
                        () -> "{\"pd.soc\":50,\"pd.wattsOutSum\":" + number + ",\"bms_bmsStatus.vol\":"
                                + (51_000 + System.nanoTime() % 1000) + "}");
            }
            System.out.println(cloud.url());
            for (String line = moods.readLine(); line != null; line = moods.readLine()) {
                String word = line;
                Mood mood = Arrays.stream(Mood.values())
                        .filter(one -> one.word().equals(word))
                        .findFirst()
                        .orElseThrow();
                System.out.println(cloud.asked.size());
                cloud.asked.clear();
                cloud.listIs(OF_THE_LIST.contains(mood) ? mood : Mood.WELL);
                cloud.quotaIs(OF_THE_LIST.contains(mood) ? Mood.WELL : mood);
            }
        }
    }
}
