/** The relay's browsers: a session for each WebSocket, and what all of them are told together. */
package io.dockrelay.relay.browser;
