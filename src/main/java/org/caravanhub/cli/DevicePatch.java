package org.caravanhub.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** Changes what the owner knows of a device, as it was a moment ago. */
final class DevicePatch {
    private static final JsonFactory FACTORY = new JsonFactory();

    private DevicePatch() {}

    /** Writes the members of the change. */
    @FunctionalInterface
    interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    /** Sends it; answers the device as the API does. */
    static byte[] send(ClientOptions client, Surroundings here, String device, Members members) throws IOException {
        HubClient api = client.api(here).orNext(client.command("device list"));
        String path = "/api/v1/devices/" + HubClient.encoded(device);
        String version = api.json(path, Map.of()).textOrEmpty("registration_version");
        if (version.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.CONFLICT,
                    device + " was heard, but is not registered",
                    client.command("device adopt " + device));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(body)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        }
        return api.patch(path, version, body.toByteArray());
    }
}
