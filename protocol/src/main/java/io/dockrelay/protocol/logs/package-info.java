/** Log lines on their way: cursors, blocks of escaped lines, batches and pages. Pure: no I/O, no clock. */
package io.dockrelay.protocol.logs;
