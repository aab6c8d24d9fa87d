/** What is known of containers: the elements of {@code containers[]} and {@code changes[]}. Pure: no I/O, no clock. */
package io.dockrelay.protocol.state;
