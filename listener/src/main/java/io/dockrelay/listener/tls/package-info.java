/**
 * TLS from PEM files that are read again when they change. In: the paths, from the settings. Out: the options of a server or
 * of a client's connection, at start and after each change. Connections that are open go on.
 *
 * <p>{@code PemFiles} reads, {@code PemContent} is what was read, {@code PemCheck} decides whether it can be used, {@code
 * TlsReload} looks for changes, {@code TlsOptions} has the protocols and what is verified. {@code ListenerTls} is all of
 * that for an HTTP server.
 *
 * <p>Used by every listener, and by the relay's uplinks.
 */
package io.dockrelay.listener.tls;
