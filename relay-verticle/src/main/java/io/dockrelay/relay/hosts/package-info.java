/**
 * The hosts that a relay connects to. In: the relay's settings, the hosts file, and requests of admins. Out: the targets of
 * {@code relay.uplink}, and the list of hosts for the REST interface.
 *
 * <p>{@code Hosts} is the one owner. {@code HostsFile} reads the hosts file again when it changes; {@code HostStore} keeps in
 * {@code AddedHosts} what was added while a relay ran. {@code HostEntry} is one host in such a file, {@code HostsFormat} the
 * file's form, {@code NewHost} what a client asks for, {@code HostState} what it gets.
 *
 * <p>Used by the relay's HTTP package. A host that is not needed any more is forgotten at once; one that is lost stays listed.
 */
package io.dockrelay.relay.hosts;
