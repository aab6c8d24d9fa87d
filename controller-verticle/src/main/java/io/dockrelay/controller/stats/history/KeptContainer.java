package io.dockrelay.controller.stats.history;

/**
 * The names of a container whose load is kept.
 *
 * @param id 12 hex digits
 * @param name as it is shown
 * @param fullName Docker's name
 */
record KeptContainer(String id, String name, String fullName) {

    boolean answersTo(String nameOrId) {
        return id.equals(nameOrId) || name.equals(nameOrId) || fullName.equals(nameOrId);
    }
}
