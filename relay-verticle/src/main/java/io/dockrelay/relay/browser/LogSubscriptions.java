package io.dockrelay.relay.browser;

import io.dockrelay.protocol.wire.ClientMessage.SubscribeLogs;
import io.dockrelay.relay.channel.LogSink;
import io.dockrelay.relay.channel.LogSubscription;

/** Where sessions get their logs: the relay's log channels. */
@FunctionalInterface
public interface LogSubscriptions {

    /** @param request its container without a {@code controller/} prefix */
    LogSubscription subscribe(String controller, SubscribeLogs request, LogSink sink);
}
