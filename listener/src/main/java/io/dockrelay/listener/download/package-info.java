/** Stored logs as files: pulled from a controller, part by part, as fast as the client reads. */
package io.dockrelay.listener.download;
