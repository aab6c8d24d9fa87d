package io.dockrelay.protocol.bus;

/** Asks every controller to announce itself now; from a program that has just subscribed. */
public record RollCall() {}
