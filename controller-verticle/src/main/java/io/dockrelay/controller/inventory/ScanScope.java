package io.dockrelay.controller.inventory;

import java.util.Optional;

/**
 * What a scan lists, and what it takes from each container.
 *
 * @param project the only compose project; empty for all containers
 */
record ScanScope(Optional<String> project, OwnContainers own, RightsLabels labels) {}
