/** The load of containers: what is asked for, what was measured, and who wants to know. */
package io.dockrelay.protocol.stats;
