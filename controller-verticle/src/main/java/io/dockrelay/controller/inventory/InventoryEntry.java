package io.dockrelay.controller.inventory;

import io.dockrelay.protocol.state.ActionInProgress;
import io.dockrelay.protocol.state.Container;

/**
 * One entry of the inventory.
 *
 * @param seen null for a service without a container
 * @param element as it is published
 */
record InventoryEntry(ObservedContainer seen, Container element) {

    /** @param action null for none in progress */
    InventoryEntry withAction(ActionInProgress action) {
        return new InventoryEntry(seen, element.withAction(action));
    }

    boolean created() {
        return seen != null;
    }

    String name() {
        return element.name();
    }

    String fullName() {
        return element.fullName();
    }

    boolean sameNamesAs(InventoryEntry other) {
        return name().equals(other.name()) && fullName().equals(other.fullName());
    }
}
