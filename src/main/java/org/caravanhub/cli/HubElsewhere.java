package org.caravanhub.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A hub that is asked over its API, for commands that work on the files of this machine otherwise. */
final class HubElsewhere {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Ask this hub over its API, instead of working in the data folder. Also CARAVAN_URL.")
    @Nullable
    private String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The file with the token of that hub. Also CARAVAN_TOKEN_FILE.")
    @Nullable
    private Path tokenFile;

    /** That hub; nothing if the one of this machine is meant. */
    Optional<HubClient> client(Surroundings here) {
        boolean isElsewhere = url != null
                || !here.environment().getOrDefault("CARAVAN_URL", "").isEmpty();
        return isElsewhere ? Optional.of(options(null, null).api(here)) : Optional.empty();
    }

    /** The hub that is at work in this data folder; it says itself on which port. */
    HubClient local(Surroundings here, @Nullable String data, @Nullable Path config) {
        return options(data, config).api(here);
    }

    private ClientOptions options(@Nullable String data, @Nullable Path config) {
        ClientOptions options = new ClientOptions();
        options.url = url;
        options.tokenFile = tokenFile;
        options.data = data;
        options.config = config;
        return options;
    }
}
