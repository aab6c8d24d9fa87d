/**
 * The controller for those who are not on the bus: REST on one port, WebSockets on another. Everything here talks over
 * the bus only.
 */
package io.dockrelay.controller.server;
