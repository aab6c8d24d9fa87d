package io.dockrelay.record;

/**
 * What the first line of a file says besides its place in the chain.
 *
 * @param first the sequence from which lines were kept when this file began; those before were deleted by rotation
 * @param key the id of the key that seals the file's lines; null without one
 */
record FileHead(long first, String key) {}
