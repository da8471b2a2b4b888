package org.caravanhub.flow.check;

import java.io.File;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.caravanhub.text.Quoted;

/** {@code file:} that reaches one folder: {@code file:export} is {@code export} in there. */
final class ConfinedFiles extends FileComponent {
    private final FileRule rule;

    ConfinedFiles(CamelContext camel, FileRule rule) {
        super(camel);
        this.rule = rule;
    }

    @Override
    protected GenericFileEndpoint<File> buildFileEndpoint(String uri, String remaining, Map<String, Object> parameters)
            throws Exception {
        confined(remaining);
        if (!"true".equals(String.valueOf(parameters.getOrDefault("jailStartingDirectory", "true")))) {
            throw new IllegalArgumentException("a flow may not leave its folder with jailStartingDirectory");
        }
        for (Map.Entry<String, Object> option : parameters.entrySet()) {
            if (FileRule.isFileOption(option.getKey())) {
                confined(String.valueOf(option.getValue()));
            }
        }
        return super.buildFileEndpoint(uri, rule.resolve(remaining).toString(), parameters);
    }

    private void confined(String path) {
        rule.reasonAgainst(path).ifPresent(reason -> {
            throw new IllegalArgumentException(
                    Quoted.atLength(path) + " " + reason + "; flows read and write below " + rule.folder());
        });
    }
}
