/** The relay's port 3000: its REST interface and the dashboard's files. */
package io.dockrelay.relay.http;
