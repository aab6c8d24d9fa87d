/** Writes docs/asyncapi.yaml from the code: addresses, records and their Javadoc, messages of the WebSockets. */
package io.dockrelay.e2e.asyncapi;
