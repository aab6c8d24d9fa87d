/**
 * What the engine's socket allows, which a proxy in front of it may limit to a profile. In: answers of the engine to
 * requests that change nothing, and its returns after outages, over the bus. Out: one line in the log. Used by no other
 * package.
 */
package io.dockrelay.controller.access;
