/**
 * Containers, their changes, and the list of one controller. In and out: the elements of {@code containers[]} and
 * {@code changes[]}. Pure: no I/O, no clock.
 *
 * <p>{@code Container} is what a state consists of; what is only shown (image, project, ports, times) is in {@code
 * Details}, whose fields are written into the same JSON object. {@code StatusReason} gives the reason of a change of
 * status, {@code ContainerListDiff} the changes between two lists; {@code ContainerList} is kept from changes. How a
 * state is displayed and counted is the page's concern ({@code web/src/state/containers/displayState.ts}).
 *
 * <p>Used everywhere. What only the details view shows is in {@code protocol.details}.
 */
package io.dockrelay.protocol.state;
