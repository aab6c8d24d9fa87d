/** What the relay knows of all controllers and their containers, learned from the bus alone. */
package io.dockrelay.relay.fleet;
