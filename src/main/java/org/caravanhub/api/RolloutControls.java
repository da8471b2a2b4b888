package org.caravanhub.api;

import org.apache.camel.spi.Registry;
import org.caravanhub.http.EventStream;
import org.caravanhub.http.Json;
import org.caravanhub.ota.DeviceUpdate;
import org.caravanhub.ota.Rollout;
import org.caravanhub.ota.RolloutListener;
import org.caravanhub.ota.Rollouts;

/** The name by which the routes in {@code routes/api} steer rollouts, and who tells pages how they go. */
public final class RolloutControls {
    private RolloutControls() {}

    /** Binds it; before the routes are loaded. */
    public static void bindTo(Registry registry, Rollouts rollouts) {
        registry.bind("rolloutApi", new RolloutApi(rollouts));
    }

    /** Tells whoever listens to {@code rollout} of each change of a rollout and of a device in it. */
    public static RolloutListener news(EventStream events) {
        return new RolloutListener() {
            @Override
            public void changed(Rollout rollout) {
                events.tell("rollout", "", Json.of(json -> {
                    json.writeStartObject();
                    json.writeStringField("what", "rollout");
                    RolloutJson.writeMembers(json, rollout);
                    json.writeEndObject();
                }));
            }

            @Override
            public void changed(DeviceUpdate update) {
                events.tell("rollout", update.device(), Json.of(json -> {
                    json.writeStartObject();
                    json.writeStringField("what", "update");
                    RolloutJson.writeMembers(json, update);
                    json.writeEndObject();
                }));
            }
        };
    }
}
