/**
 * Containers, their changes, and the list of one controller: the elements of {@code containers[]} and {@code changes[]}, how a
 * list is kept from changes ({@link io.dockrelay.protocol.state.ContainerList}), and how two lists are compared ({@link
 * io.dockrelay.protocol.state.ContainerListDiff}). Pure: no I/O, no clock.
 *
 * <p>Used everywhere.
 */
package io.dockrelay.protocol.state;
