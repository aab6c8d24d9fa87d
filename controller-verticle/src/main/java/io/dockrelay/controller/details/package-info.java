/**
 * How containers were made, without their secrets. In: a container's name over the bus, the engine's inspection. Out: its
 * details. Used by no other package.
 */
package io.dockrelay.controller.details;
