package org.caravanhub.flow;

import java.nio.charset.StandardCharsets;
import org.caravanhub.text.Hidden;
import org.caravanhub.text.SecretForms;

/** Passwords that somebody wrote into a flow, instead of <code>{{secret:name}}</code>: hidden all the same. */
final class Literals {
    private Literals() {}

    /** What is written as a secret in this file is not shown from now on. */
    static void hide(byte[] flow) {
        SecretForms.literals(new String(flow, StandardCharsets.UTF_8)).forEach(Hidden::never);
    }
}
