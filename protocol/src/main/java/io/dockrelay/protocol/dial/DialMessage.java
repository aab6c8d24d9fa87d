package io.dockrelay.protocol.dial;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a relay sends on a control connection. The controller sends nothing there but pings. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DialMessage.Open.class, name = "open"),
    @JsonSubTypes.Type(value = DialMessage.NewKey.class, name = "key")
})
public sealed interface DialMessage {

    /**
     * Connect once more, with this id, to this interface of yours.
     *
     * @param stream the id of the connection
     * @param to which interface
     */
    record Open(String stream, Interface to) implements DialMessage {}

    /** Use this key from now on; the one before holds until this one was used. */
    record NewKey(String key) implements DialMessage {

        @Override
        public String toString() {
            return "NewKey";
        }
    }

    /** The interfaces of a controller. */
    enum Interface {
        @JsonProperty("api")
        API,
        @JsonProperty("ws")
        WS
    }
}
