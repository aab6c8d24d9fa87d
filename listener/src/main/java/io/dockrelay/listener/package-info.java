/**
 * What every listener of Dockrelay shares: the door, limits and close codes, liveness, bounded sending, JSON errors.
 *
 * <p>{@link io.dockrelay.listener.HttpListener} puts them together; the rest can be used without it.
 */
package io.dockrelay.listener;
