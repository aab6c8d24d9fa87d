package io.dockrelay.relay.fleet;

import io.dockrelay.protocol.state.Container;

/** Which part of the fleet exists for someone. Pure. */
public interface Visibility {

    Visibility OF_ALL = new Visibility() {
        @Override
        public boolean sees(Container container) {
            return true;
        }

        @Override
        public boolean seesHost(String controller) {
            return true;
        }

        @Override
        public boolean seesAny() {
            return true;
        }
    };

    boolean sees(Container container);

    boolean seesHost(String controller);

    /** Whether there may be a container that exists for them. */
    boolean seesAny();
}
