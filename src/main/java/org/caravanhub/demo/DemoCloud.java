package org.caravanhub.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import org.caravanhub.ecoflow.Keys;
import org.caravanhub.ecoflow.fake.FakeEcoFlowCloud;
import org.caravanhub.ecoflow.fake.Mood;
import org.caravanhub.settings.Setting;

/** A cloud with one power station, on this machine alone, for who tries the hub and has none. Its keys are made anew and never shown. */
public final class DemoCloud implements AutoCloseable {
    private static final String INTERVAL = "15s";

    private final Keys keys;
    private final FakeEcoFlowCloud cloud;

    /**
     * One that answers from now on.
     *
     * @param mood how
     * @throws UncheckedIOException if it can listen nowhere
     */
    public DemoCloud(Clock clock, Mood mood) {
        this.keys = new Keys(random(), random());
        try {
            cloud = new FakeEcoFlowCloud(keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CloudStation station = new CloudStation(clock, clock.millis());
        cloud.with(CloudStation.SERIAL, CloudStation.PRODUCT, true, station::quota);
        cloud.redirectTo("http://192.0.2.1"); // an address of nobody
        cloud.listIs(mood);
        cloud.quotaIs(mood);
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** By which a hub asks it. */
    public Map<Setting, String> settings() {
        return Map.of(
                Setting.ECOFLOW_ACCESS_KEY,
                keys.access(),
                Setting.ECOFLOW_SECRET_KEY,
                keys.secret(),
                Setting.ECOFLOW_HOST,
                cloud.url(),
                Setting.ECOFLOW_INTERVAL,
                INTERVAL,
                Setting.ECOFLOW_SIGNATURE,
                "official",
                Setting.ECOFLOW_SERIALS,
                CloudStation.SERIAL);
    }

    @Override
    public void close() {
        cloud.close();
    }
}
