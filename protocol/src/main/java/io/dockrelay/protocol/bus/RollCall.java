package io.dockrelay.protocol.bus;

/** Whoever has just begun to listen asks every controller to announce itself now. */
public record RollCall() {}
