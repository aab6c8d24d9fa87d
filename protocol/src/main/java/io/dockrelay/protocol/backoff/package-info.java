/** The delays between attempts to reconnect; {@code backoff.json} holds the table for Java and TypeScript alike. */
package io.dockrelay.protocol.backoff;
