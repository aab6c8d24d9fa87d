/** How one container was made: what the engine tells of it beyond its state, without secrets. */
package io.dockrelay.protocol.details;
