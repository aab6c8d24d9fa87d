/**
 * The controller for programs that are not on the bus: REST on one port, WebSockets on another. In: HTTP requests and client
 * messages. Out: answers, state and logs. Talks to the rest of the controller over the bus only; used by no other package.
 */
package io.dockrelay.controller.server;
