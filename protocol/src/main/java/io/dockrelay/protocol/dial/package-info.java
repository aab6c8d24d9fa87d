/**
 * What a controller that dials out and its relay say to each other: the paths at the relay, the exchange of an enrolment token
 * for a key, and the messages on the control connection. The tunnelled connections themselves carry the protocol of every other
 * controller. Pure. Used by {@code controller.dial} and {@code relay.dial}.
 */
package io.dockrelay.protocol.dial;
