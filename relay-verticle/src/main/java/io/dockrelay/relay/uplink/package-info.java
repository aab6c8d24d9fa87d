/** The way to controllers that are not on the bus: a dialled WebSocket and REST, behind their bus addresses. */
package io.dockrelay.relay.uplink;
