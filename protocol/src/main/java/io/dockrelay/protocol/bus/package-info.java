/** What verticles say to each other over the event bus, at which address, and the one class that touches it. */
package io.dockrelay.protocol.bus;
