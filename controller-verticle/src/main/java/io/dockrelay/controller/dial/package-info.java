/**
 * A controller that connects to its relay, because the relay cannot connect to it. In: the relay's address, an enrolment token,
 * and the key that was exchanged for it. Out: tunnelled connections to the controller's own server, one for each that the relay
 * asks for.
 *
 * <p>{@code RelayDial} is the verticle. {@code RelayKeyFile} keeps the {@code KeptKey}, {@code RelayClient} sends what has a
 * secret in it, {@code ControlLink} is the connection on which the relay asks, {@code TunnelStreams} opens what it asks for.
 * {@code DialFailures} says why something failed. Used by {@code controller}.
 */
package io.dockrelay.controller.dial;
