/**
 * What the engine's containers are, and what changed between two looks at them. The decisions are pure (naming,
 * difference, elements); {@link io.dockrelay.controller.inventory.DockerWatcher} does the looking and the telling.
 */
package io.dockrelay.controller.inventory;
