package io.dockrelay.listener;

import java.net.BindException;

import io.dockrelay.settings.ListenAddress;

/** A port could not be opened. The message is one sentence for the operator and names the setting. */
public final class ListenException extends RuntimeException {

    private ListenException(String sentence) {
        // No stack trace: it is not a bug of this program.
        super(sentence, null, false, false);
    }

    static ListenException on(ListenAddress address, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        if (cause instanceof BindException && reason.contains("in use")) {
            return new ListenException("Port " + address.port() + " on " + address.host()
                    + " is taken by another program: set " + address.portSetting() + " to a free one.");
        }
        if (reason.contains("ermission denied")) {
            return new ListenException("Port " + address.port() + " is reserved for privileged programs: set "
                    + address.portSetting() + " to one above 1023.");
        }
        return new ListenException("Cannot listen on " + address.host() + ":" + address.port() + " (" + reason
                + "): check " + address.hostSetting() + " and " + address.portSetting() + ".");
    }
}
