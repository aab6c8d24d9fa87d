/**
 * The measurement of the links to the controllers: round trip, and how much the clock at the other end differs. In: the
 * controllers of the fleet, and the times that they answer over the bus. Out: {@code LinkMeasure}s for the fleet, which serves
 * them to browsers. {@link io.dockrelay.relay.links.LinkClocks} asks; {@code ClockSamples} decides what the answers mean, and
 * {@code ClockSample} is one of them. Both are pure.
 *
 * <p>Used by the relay's verticle. Depends on {@code fleet}.
 */
package io.dockrelay.relay.links;
