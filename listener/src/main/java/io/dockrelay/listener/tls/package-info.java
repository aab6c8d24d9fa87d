/**
 * TLS from PEM files that are read again when they change. In: the paths, from the settings. Out: the options of a server or
 * of a client's connection, at start and after each change. Connections that are open go on.
 *
 * <p>{@code PemFiles} reads, {@code PemContent} is what was read, {@code PemCheck} decides whether it can be used, {@code
 * TlsReload} looks for changes, {@code TlsOptions} has the protocols and what is verified. {@code ListenerTls} is all of
 * that for an HTTP server, and {@code MutualTls} the options between members of a cluster.
 *
 * <p>Used by every listener, by the relay's uplinks, and by the bus of a cluster.
 */
package io.dockrelay.listener.tls;
