package org.caravanhub.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a file can be read at all, and whether its ids are its own: Camel silently replaces a flow by another of the same id. */
public final class SmallCheck implements FlowCheck {
    @Override
    public List<Mistake> check(Map<String, byte[]> files, Set<String> changed) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        List<FlowDocument> documents = new ArrayList<>();
        files.forEach((path, bytes) -> {
            try {
                FlowDocument document = FlowDocument.read(path, bytes);
                if (changed.contains(path)) {
                    documents.add(document);
                } else {
                    document.entries().forEach(entry -> owners.put(entry.id(), path));
                }
            } catch (NotReadable e) {
                if (changed.contains(path)) {
                    mistakes.add(e.mistake());
                }
            }
        });
        for (FlowDocument document : documents) {
            for (FlowDocument.Entry entry : document.entries()) {
                String other = entry.id().isEmpty() ? null : owners.put(entry.id(), document.path());
                if (other != null) {
                    mistakes.add(document.mistake(
                            entry.node(),
                            Mistake.Code.DUPLICATE_ID,
                            "the id \"" + entry.id() + "\" is used by " + other + " already",
                            "give it another one"));
                }
            }
        }
        return mistakes;
    }
}
