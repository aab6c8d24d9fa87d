/**
 * Controllers that dial in, because the relay cannot connect to them. In: enrolment tokens that are exchanged for keys, the
 * control connections and tunnelled connections of controllers with a key. Out: a proxy on loopback through which an uplink reaches
 * such a controller as if it were a remote one.
 *
 * <p>{@code EnrolmentDesk} makes, exchanges and revokes: {@code Enrolment} in {@code Enrolments}, {@code EnrolmentsFormat} is the
 * form of the file, {@code EnrolmentsFile} reads and edits it, {@code EnrolmentsWatch} keeps a relay's copy. {@code DialDoor} admits what has a key. {@code DialledHosts} has
 * one {@code DialledHost} per enrolled controller, with its {@code ControlConnection}; uplinks reach it by the
 * {@code TunnelProxy}, whose {@code SocksHandshake} admits only them. {@code CopiedKeys} with {@code Instances} notices a copied key.
 * Used by {@code relay} and {@code relay.http}.
 */
package io.dockrelay.relay.dial;
