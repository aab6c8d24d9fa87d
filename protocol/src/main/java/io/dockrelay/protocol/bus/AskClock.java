package io.dockrelay.protocol.bus;

/** Asks a controller for the time of its clock. */
public record AskClock() {}
