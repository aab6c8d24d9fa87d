package io.dockrelay.relay.signin;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines of the log about the sign-in. Stateless. */
final class SignInLog {

    private static final Logger LOG = LoggerFactory.getLogger(SignInLog.class);

    private SignInLog() {}

    static void write(SignInEvent event) {
        String who = event.name() == null ? "the tokens file:" : event.name();
        if (event.address() == null) {
            LOG.info("[sign-in] {} {}", who, event.text());
        } else {
            LOG.info("[sign-in] {} {} ({})", who, event.text(), event.address());
        }
    }
}
