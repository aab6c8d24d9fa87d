/** Verticles that use Dockrelay over the event bus, as examples: docs/event-bus.md shows them. */
package io.dockrelay.example;
