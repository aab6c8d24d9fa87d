/**
 * Passes: proof that a call from another program of the cluster comes from one that has the controllers' token. In: the
 * call (address, permission, the bytes of its question) and the token. Out: one header, which is valid for this call only,
 * once, and for a minute at most.
 *
 * <p>{@link io.dockrelay.protocol.bus.pass.PassKey} makes and checks a {@code CallPass}; {@link
 * io.dockrelay.protocol.bus.pass.UsedPasses} refuses the second use. Used by the bus only. Pure.
 */
package io.dockrelay.protocol.bus.pass;
