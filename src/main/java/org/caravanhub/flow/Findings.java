package org.caravanhub.flow;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was found in the folder, each by its path.
 *
 * @param contents the files
 * @param owners who changed them, as far as that is known: {@code file pi}
 * @param refused why a file cannot be a flow file, whatever is in it
 */
record Findings(Map<String, Content> contents, Map<String, String> owners, Map<String, Mistake> refused) {
    static Findings of(Map<String, FlowFolder.Found> all) {
        Map<String, Content> contents = new TreeMap<>();
        Map<String, String> owners = new TreeMap<>();
        Map<String, Mistake> refused = new TreeMap<>();
        all.forEach((path, file) -> {
            contents.put(path, file.content());
            owners.put(path, ("file " + file.owner()).strip());
            file.mistake().ifPresent(mistake -> refused.put(path, mistake));
        });
        return new Findings(contents, owners, refused);
    }
}
